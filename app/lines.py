"""A rule's lines as mathematics: read, shown with letters, and with places for numbers.

A line is an assignment over LETTERS. The numbers of one update are put into the very same
lines (`worked`), one coordinate at a time, so that what is explained is what is computed.
"""

import re
from collections.abc import Iterable

from app.surfaces.formula import Graph, Node, read
from app.surfaces.mathml import Writer, bracketed, letter, row

LETTERS = ("θ", "g", "d", "m", "v", "m̂", "v̂", "η", "λ", "β1", "β2", "ε", "δ", "t")
KEPT = ("θ", "m", "v")  # what one update hands to the next: after a line sets it, it is new
SIGNED = ("θ", "g", "d", "m", "m̂")  # may be negative, and stand in brackets
CHANGE = "Δ"  # θ' − θ where a rule has no movement of its own

# Where g or d comes from, when it is not the gradient at θ: a row of its own, shown first.
OPENINGS = {
    "g = ∇L(θ + λ*m)": row(
        "<mi>g</mi><mo>←</mo><mo>∇</mo><mi>L</mi><mo>(</mo><mi>θ</mi><mo>+</mo>"
        "<mi>λ</mi><mo>&#x2062;</mo><mi>m</mi><mo>)</mo>"
    ),
    "g = ∇L(θ + ρ*g/‖g‖)": row(
        "<mi>g</mi><mo>←</mo><mo>∇</mo><mi>L</mi><mo>(</mo><mi>θ</mi><mo>+</mo><mi>ρ</mi>"
        "<mo>&#x2062;</mo><mfrac><mi>g</mi><mrow><mo>‖</mo><mi>g</mi><mo>‖</mo></mrow></mfrac>"
        "<mo>)</mo>"
    ),
    "d = H⁻¹*g": row(
        "<mi>d</mi><mo>←</mo><msup><mi>H</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup>"
        "<mo>&#x2062;</mo><mi>g</mi>"
    ),
    "d = |H|⁻¹*g": row(
        "<mi>d</mi><mo>←</mo><msup><mrow><mo>|</mo><mi>H</mi><mo>|</mo></mrow>"
        "<mrow><mo>−</mo><mn>1</mn></mrow></msup><mo>&#x2062;</mo><mi>g</mi>"
    ),
}


def parts(line: str) -> tuple[str, Node]:
    """A line `left = right` as the name it sets and the graph of its right side."""
    left, right = line.split("=", 1)
    return left.strip(), read(right, LETTERS, Graph())


def assigned(left: str, right: str) -> str:
    return row(left, "<mo>←</mo>", right)


def table(rows: Iterable[str]) -> str:
    """Rows under each other as one math element."""
    cells = "".join(f'<mtr><mtd columnalign="left">{line}</mtd></mtr>' for line in rows)
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mtable>{cells}</mtable></math>"
    )


def opened(opening: str) -> list[str]:
    return [OPENINGS[opening]] if opening else []


def shown(opening: str, lines: Iterable[str]) -> str:
    """The lines with their letters."""
    graphs = map(parts, lines)
    rows = [assigned(letter(left), Writer({}).write(right)) for left, right in graphs]
    return table([*opened(opening), *rows])


class Places(Writer):
    """Writes every name as an empty place for its number: <mn data-slot="m'">.

    A name that an earlier line has set is the new one, with a prime.
    """

    def __init__(self, classes: dict[str, str]) -> None:
        super().__init__({})
        self.classes = classes
        self.new: set[str] = set()

    def place(self, slot: str) -> str:
        colour = f' class="{self.classes[slot]}"' if slot in self.classes else ""
        return f'<mn data-slot="{slot}"{colour}></mn>'

    def slot(self, name: str) -> str:
        return f"{name}'" if name in self.new else name

    def write(self, node: Node) -> str:
        if node.op != "name":
            return super().write(node)
        name = str(node.value)
        place = self.place(self.slot(name))
        return bracketed(place) if name in SIGNED else place

    def opens_with_digit(self, node: Node) -> bool:
        return True  # numbers side by side are always written with a dot between them

    def line(self, text: str) -> str:
        """One line; what it sets is new from the next line on."""
        left, right = parts(text)
        written = self.write(right)
        if left in KEPT:
            self.new.add(left)
        return assigned(self.place(self.slot(left)), written)

    def change(self) -> str:
        before, after = (bracketed(self.place(slot)) for slot in ("θ", "θ'"))
        return assigned(self.place(CHANGE), row(after, "<mo>−</mo>", before))


MOVES = "θ = θ + m"  # the last line of rules whose m is the lecture's movement


def worked(opening: str, lines: tuple[str, ...]) -> str:
    """The lines of one coordinate with places for the numbers of one update."""
    moves = lines[-1] == MOVES
    own = {"m": "previous", "m'": "movement"} if moves else {CHANGE: "movement"}
    places = Places({"g": "gradient"} | own)
    rows = [places.line(line) for line in lines]
    return table([*opened(opening), *rows, *([] if moves else [places.change()])])


def slots(template: str) -> tuple[str, ...]:
    """The names of a template's places, each once."""
    return tuple(dict.fromkeys(re.findall(r'data-slot="([^"]+)"', template)))
