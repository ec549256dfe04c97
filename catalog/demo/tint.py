"""Colours: mixing, light and shade in the market's warm key."""

SHADE = "#1c120a"
LIGHT = "#fffaf0"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """The colour at `share` of the way from one to the other."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darken(colour: str, share: float) -> str:
    """The colour in warm shade."""
    return mix(colour, SHADE, share)


def lighten(colour: str, share: float) -> str:
    """The colour in warm light."""
    return mix(colour, LIGHT, share)


def luminance(colour: str) -> float:
    """Perceived lightness in [0, 1], to choose dark or light ink."""
    red, green, blue = _rgb(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def steps(one: str, other: str) -> int:
    """How many flat bands look exactly like a gradient between the two."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return max(2, max(abs(a - b) for a, b in pairs))
