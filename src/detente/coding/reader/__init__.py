"""The learned reader: weighs the frames' acts against the whole document, and finds acts that no frame has.

``pieces`` turns words into numbers, ``window`` lays a stretch of a document out with its actors and
the frames' acts, ``network`` gives chances, ``decide`` makes acts of them. What it has learned stands in
``registers/data/reader`` and was learned from own-written documents by ``scripts/train_reader``.
"""
