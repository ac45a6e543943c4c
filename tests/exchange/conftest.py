"""Rows of other event data, in our own words."""

MEETING = {
    "Event ID": "900001", "Event Date": "2016-09-20",
    "Source Name": "Foreign Affairs (Belarus)",
    "Source Sectors": "Government,Executive,Foreign Ministry", "Source Country": "Belarus",
    "Event Text": "Consult", "CAMEO Code": "040", "Intensity": "1.0",
    "Target Name": "Military (Latvia)", "Target Sectors": "Government,Military",
    "Target Country": "Latvia", "Story ID": "77", "Sentence Number": "3",
    "Publisher": "Example Weekly", "City": "Riga", "District": "NA", "Province": "NA",
    "Country": "Latvia", "Latitude": "56.9", "Longitude": "24.1",
}  # fmt: skip

STATEMENT = {
    "GLOBALEVENTID": "410", "SQLDATE": "20160920", "MonthYear": "201609", "Year": "2016",
    "FractionDate": "2016.7123", "Actor1Code": "BLRGOV", "Actor1Name": "MINSK",
    "Actor1CountryCode": "BLR", "Actor1Type1Code": "GOV", "Actor2Code": "ROM",
    "Actor2Name": "ROMANIA", "Actor2CountryCode": "ROM", "IsRootEvent": "1", "EventCode": "057",
    "EventBaseCode": "057", "EventRootCode": "05", "QuadClass": "1", "GoldsteinScale": "8.0",
    "NumMentions": "4", "NumSources": "1", "NumArticles": "4", "AvgTone": "1.5",
    "Actor1Geo_Type": "4", "Actor1Geo_FullName": "Minsk, Minsk, Belarus",
    "Actor1Geo_CountryCode": "BO", "Actor1Geo_ADM1Code": "BO04", "Actor1Geo_ADM2Code": "17",
    "Actor1Geo_Lat": "53.9", "Actor1Geo_Long": "27.5667", "Actor1Geo_FeatureID": "-1",
    "ActionGeo_Type": "4", "ActionGeo_FullName": "Minsk, Minsk, Belarus",
    "ActionGeo_CountryCode": "BO", "ActionGeo_ADM1Code": "BO04", "ActionGeo_ADM2Code": "17", "ActionGeo_Lat": "53.9",
    "ActionGeo_Long": "27.5667", "ActionGeo_FeatureID": "-1", "DATEADDED": "20160921",
    "SOURCEURL": "https://example.org/news/1",
}  # fmt: skip


def tabbed(columns, rows, *, header=False):
    lines = [columns] if header else []
    lines += [[row.get(name, "") for name in columns] for row in rows]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path
