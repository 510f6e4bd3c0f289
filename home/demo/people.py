"""Who lives in the demo."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "common table"  # noqa: S105 (a demo's, shown on its sign-in page)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to sign in as."""

    name: str
    email: str
    who: Promise
    password: str = PASSWORD

    def __str__(self) -> str:
        return self.email


SIGN_IN = (
    SignIn("Inês", "ines@example.org", _("a steward of Estuary")),
    SignIn("Tomasz", "tomasz@example.org", _("a member with a crew and a dyad")),
    SignIn("Nina", "nina@example.org", _("who has just signed up")),
)

# Name, pronouns, time zone, languages, a line about them.
PEOPLE = (
    ("Inês Carvalho", "she/her", "Europe/Lisbon", "pt en", "Ceramics, a garden, two teenagers."),
    ("Tomasz Wiśniewski", "he/him", "Europe/Warsaw", "pl en", "Builds bridges, real ones. Sings."),
    ("Rory Power", "they/them", "America/St_Johns", "en ga", "Ferries and folk songs."),
    ("Wanjirũ Kamau", "she/her", "Africa/Nairobi", "sw en", "Teaches maths; learning to rest."),
    ("Mere Tūhoe", "she/her", "Pacific/Auckland", "mi en", "Weaver. Up before the birds."),
    ("Oisín Byrne", "he/him", "Europe/Dublin", "ga en", "Nurse on nights, poet on days off."),
    ("Ama Boateng", "she/her", "Africa/Accra", "en fr", "Cooks for forty without a list."),
    ("Joaquim Sá", "he/him", "Europe/Lisbon", "pt es en", "Mending a wooden boat, slowly."),
    ("Ngozi Eze", "she/her", "Europe/London", "en", "Mediates between councils and people."),
    ("Lena Vogel", "she/her", "Europe/Berlin", "de en", "Bookbinder; collects silences."),
    ("Anil Shrestha", "he/him", "Asia/Kathmandu", "en hi", "Walks mountains with strangers."),
    ("Sofía Méndez", "ella", "America/Mexico_City", "es en", "Radio, grief circles, tamales."),
    ("Kenji Mori", "he/him", "Asia/Tokyo", "ja en", "Carpenter of very small things."),
    ("Freya Lindqvist", "she/her", "Europe/Stockholm", "sv en", "Choir, bees, a long winter."),
    ("Dariusz Nowak", "he/him", "Europe/Warsaw", "pl de", "Retired tram driver."),
    ("Marisol Quispe", "ella", "America/Lima", "es", "Seeds and seed stories."),
    ("Elif Kaya", "she/her", "Europe/Istanbul", "tr en", "Architect of shared kitchens."),
    ("Tomé Abreu", "he/him", "Atlantic/Azores", "pt en", "Volcano guide, amateur baker."),
    ("Hanna Koivu", "she/her", "Europe/Helsinki", "fi en", "Sauna is a practice, too."),
    ("Jamal Wright", "he/him", "America/New_York", "en", "Barber. Listens for a living."),
    ("Priya Nair", "she/her", "Asia/Kolkata", "hi en", "Night-school teacher."),
    ("Sam O’Leary", "they/them", "America/Halifax", "en fr", "Lighthouse, twice divorced."),
    ("Yasmin Haddad", "she/her", "Europe/Paris", "ar fr", "Translates contracts and lullabies."),
    ("Piet de Wit", "he/him", "Europe/Amsterdam", "nl en", "Repairs bicycles for anyone."),
    ("Chiara Russo", "she/her", "Europe/Rome", "it en", "Olive trees, three cousins."),
    ("Mateus Lima", "he/him", "America/Sao_Paulo", "pt en", "Drummer and bookkeeper."),
    ("Grace Mwangi", "she/her", "Africa/Nairobi", "sw en", "Midwife."),
    ("Bram Claes", "he/him", "Europe/Brussels", "nl fr", "Learning to lose at chess."),
    ("Zofia Król", "she/her", "Europe/Warsaw", "pl en", "Forester."),
    ("Leilani Kealoha", "she/her", "Pacific/Honolulu", "en", "Reef keeper."),
    ("Olu Adeyemi", "he/him", "Africa/Lagos", "en", "Writes letters by hand."),
    ("Greta Hansen", "she/her", "Europe/Copenhagen", "da en", "Kindergarten in a wood."),
    ("Ivo Petrov", "he/him", "Europe/Sofia", "bg en", "Mends accordions."),
    ("Noor van Dam", "she/they", "Europe/Amsterdam", "nl ar", "Law student, swims outdoors."),
    ("Carlos Vega", "él", "Europe/Madrid", "es en", "Night porter, reader."),
    ("Aroha Ngata", "she/her", "Pacific/Auckland", "mi en", "Orchards."),
    ("Billy Hart", "he/him", "Australia/Adelaide", "en", "Shearer, later a counsellor."),
    ("Rosa Ferrari", "she/her", "Europe/Rome", "it", "Has opened three libraries."),
    ("Ewan Fraser", "he/him", "Europe/London", "en", "Peat, pipes and patience."),
    ("Dilnoza Karimova", "she/her", "Asia/Tashkent", "ru en", "Silk and statistics."),
    ("Hugo Blanc", "il", "Europe/Paris", "fr", "Baker; asleep by nine."),
    ("Ines Horvat", "she/her", "Europe/Zagreb", "hr en", "Puppeteer."),
    ("Kofi Asante", "he/him", "Africa/Accra", "en", "Solar lamps."),
    ("Maja Berg", "hon", "Europe/Oslo", "no en", "Ship’s cook, home at last."),
    ("Theo Papadakis", "he/him", "Europe/Athens", "el en", "Fisher with a stammer."),
    ("Wren Ashby 🌿", "they/them", "Europe/London", "en cy", "Draws maps of small places."),
    ("Lucía Torres", "ella", "America/Bogota", "es", "Street choirs."),
    ("Andrei Pop", "he/him", "Europe/Bucharest", "ro en", "Physics and pickles."),
    ("Saoirse Nolan", "she/her", "Europe/Dublin", "ga en", "Stone walls."),
    ("Mihai Ionescu", "he/him", "Europe/Bucharest", "ro", "Beekeeper."),
)

# Days (0 is Monday), first hour and the hour after the last, for those who sit at Slow Kettle:
# far apart, and still with something to share.
HOURS = {
    "Inês Carvalho": ((0, 1, 2, 3), 17, 21),
    "Tomasz Wiśniewski": ((0, 1, 2, 3), 18, 22),
    "Rory Power": ((1, 2, 3, 5), 13, 18),
    "Wanjirũ Kamau": ((1, 3), 19, 23),
    "Mere Tūhoe": ((1, 2, 3, 4), 6, 9),
    "Priya Nair": ((0, 2, 3), 20, 24),
    "Mateus Lima": ((0, 2, 5), 13, 17),
}

CREWS = (
    # Name, intention, seats, rhythm in words, indexes of people, the caller first.
    (
        "Slow Kettle",
        "To stop hurrying. We keep each other company while each of us makes one slow thing: "
        "a garden, a thesis, a choir, a boat, a second language.",
        6,
        "Every other Tuesday evening, six times",
        (1, 0, 2, 3, 4),
    ),
    (
        "Night Ferry",
        "For people who work while others sleep. An hour to be awake together.",
        5,
        "Every week, late",
        (5, 34, 19, 26),
    ),
    (
        "Three Olive Trees",
        "We grew up in other countries than our children do. What do we hand on?",
        6,
        "Once a month, on a Sunday",
        (24, 16, 22, 11, 44, 37),
    ),
    (
        "The Mending Table",
        "Bring something that is broken, a chair or a friendship. We look at it together.",
        5,
        "Every other Thursday",
        (23, 32, 28),
    ),
    (
        "Low Tide",
        "Grief, spoken of plainly, with somebody at the shore.",
        4,
        "Every other week, evenings in Europe",
        (46, 9),
    ),
    (
        "First Light",
        "Early risers in the south: half an hour before the day begins.",
        4,
        "Weekly, at dawn in Auckland",
        (35, 36, 12),
    ),
)

# Between Tomasz and a part of his.
SAID = (
    (
        "me",
        "I saw you were up again at four, going through the drawings. You were right about the "
        "third bolt. I would like you to know that I noticed.",
    ),
    ("part", "Somebody has to. If I stop looking, who looks?"),
    (
        "me",
        "There are two of us in the office now who look. You could sit down for an hour. I will "
        "wake you if something moves.",
    ),
)
