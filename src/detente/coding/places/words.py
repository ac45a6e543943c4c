"""Words around a name that tell a place from a person or an organisation."""

from __future__ import annotations

LOCATIVE = frozenset(
    "in at near from outside inside around across into toward towards through throughout within "
    "via off over beyond northern southern eastern western central downtown northeastern "
    "northwestern southeastern southwestern north south east west coastal visiting visited "
    "neighbouring neighboring nearby above surrounding".split()
)
"""Words before a name that make it a place."""

WEAK = frozenset("of to between and or against with for by on under".split())
"""Words before a name that go with places and others alike."""

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame rev reverend father sister brother capt "
    "captain sgt sergeant lt lieutenant col colonel gen general major maj cpl private pvt judge "
    "justice officer detective sheriff deputy sen senator rep representative congressman "
    "congresswoman councilman councilwoman coach king queen prince princess pope saint saints "
    "archbishop bishop cardinal imam rabbi sheikh comrade ambassador secretary minister "
    "chancellor president premier governor mayor chairman chairwoman commissioner inspector "
    "superintendent attorney lawyer author actor actress singer director chief spokesman "
    "spokeswoman spokesperson analyst ceo editor star striker midfielder defender goalkeeper".split()
)
"""Words before a family name."""

PRESS = frozenset(
    "times post herald gazette tribune chronicle journal mail telegraph guardian daily standard "
    "observer review press sun star globe enquirer inquirer dispatch courier examiner sentinel "
    "news ledger register record mirror today".split()
)
"""Words after a name that make it a paper."""

SPORT = frozenset(
    "united rovers wanderers albion hotspur rangers athletic fc afc sc cf saint-germain villa "
    "celtics lakers yankees mets giants eagles bears bulls cowboys broncos patriots dolphins "
    "packers steelers raiders chargers chiefs rams saints falcons panthers bills jets browns "
    "bengals ravens titans colts texans jaguars vikings lions seahawks cardinals warriors "
    "rockets spurs heat magic hawks hornets wizards pistons pacers bucks raptors nets knicks "
    "clippers suns kings blazers jazz thunder timberwolves pelicans grizzlies mavericks nuggets "
    "cubs reds pirates brewers astros phillies marlins braves nationals orioles rays royals "
    "twins tigers indians mariners athletics angels dodgers padres rockies diamondbacks bruins "
    "sabres senators canadiens leafs penguins flyers capitals hurricanes predators blues wild "
    "flames oilers canucks sharks ducks coyotes avalanche stars city".split()
)
"""Words after a name that make it a team ("Manchester City")."""

GENERIC = frozenset(
    "university college school institute hospital airport station council police government "
    "parliament court street road avenue bridge stadium museum church cathedral state county "
    "city province region district oblast governorate prefecture department ministry embassy "
    "consulate port harbour harbor base army navy island islands river lake valley park mountain "
    "mountains beach bay coast border agreement accord declaration treaty summit conference forum "
    "process group format protocol memorandum international airport senate house legislature "
    "governor mayor president prime foreign defence defense interior deputy first republican "
    "democratic supreme high national federal central medical general community public regional "
    "municipal fire health medical district film festival cup open marathon games championship "
    "township metropolitan sheriff attorney congresswoman congressman rep sen senator branch "
    "highway metro area airways airlines bank stock exchange symphony orchestra zoo fashion "
    "week chamber society association federation union league team office village town "
    "secretary minister chancellor premier ambassador king queen prince parish borough "
    "archdiocese diocese bureau authority division command".split()
)
"""Capitalised words after a name that go with places."""

DIRECTION = frozenset(
    "north south east west northern southern eastern western central upper lower greater inner "
    "outer northeast northwest southeast southwest northeastern northwestern southeastern "
    "southwestern mainland occupied downtown metropolitan rural metro".split()
)

NOT_PLACES = frozenset(
    "a an the i he she it we they this that these those there here what when where who why how "
    "if but and or so as at by for from in of on to with no not yes all both each many most some "
    "any other such only also however meanwhile though although while since because after before "
    "during until than then now just even still yet again once ever never always often about "
    "more less much few several one two three four five six seven eight nine ten january "
    "february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday mr mrs ms dr god bible christmas easter "
    "police union republic university company church court house white black green brown long "
    "young king hall moore hill wood bill will mark grant chase hope faith grace joy best same "
    "good great new old big little high low top bar pub most many people man men woman women "
    "you your our my his her its their them us me him do did does don is are was were be been "
    "has have had can could would should might must let get got see say said like look go come "
    "home page photo read share video watch image contact email twitter facebook google apple "
    "amazon microsoft instagram youtube well oh ok please thanks thank sorry hello welcome".split()
)
"""Capitalised words that are towns somewhere and hardly ever meant so."""

SAYS = frozenset("said says told adds added tells writes wrote".split())
