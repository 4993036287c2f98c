"""Graph -> presentation MathML, in the form the formula was written in.

Nothing is simplified or reordered. A division becomes a fraction, a power an exponent,
names become the letters people know (lambda λ, theta1 θ₁).
"""

from html import escape

from app.surfaces.formula import Node

SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢ", "0123456789i")
HAT = "\u0302"
STRENGTH = {"+": 1, "-": 1, "neg": 2, "*": 3, "/": 5, "**": 4}


def letter(name: str) -> str:
    """One name: its first letter, the rest as a subscript (w1, θ₂, xᵢ) or a hat (m̂)."""
    if name == "pi":
        return "<mi>π</mi>"
    head, rest = name[0], name[1:].translate(SUBSCRIPTS)
    if not rest:
        return f"<mi>{escape(head)}</mi>"
    if rest == HAT:
        return f'<mover accent="true"><mi>{head}</mi><mo stretchy="false">^</mo></mover>'
    kind = "mn" if rest.isdigit() else "mi"
    return f"<msub><mi>{escape(head)}</mi><{kind}>{escape(rest)}</{kind}></msub>"


def digits(value: float) -> str:
    return f"{value:.15g}"


def number(value: float) -> str:
    """Decimal digits, or a product with a power of ten."""
    head, _, exponent = digits(value).partition("e")
    if not exponent:
        return f"<mn>{head}</mn>"
    power = f"<msup><mn>10</mn><mn>{int(exponent)}</mn></msup>"
    return power if head == "1" else row(f"<mn>{head}</mn>", "<mo>·</mo>", power)


def strength(node: Node) -> int:
    """How tightly a node holds together what it is written with."""
    if node.op == "number" and "e" in digits(float(node.value)):
        return STRENGTH["*"]
    return STRENGTH.get(node.op, 9)


def row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def bracketed(inner: str, left: str = "(", right: str = ")") -> str:
    return row(f'<mo stretchy="true">{left}</mo>', inner, f'<mo stretchy="true">{right}</mo>')


class Writer:
    """Writes nodes; `names` maps a formula's names to the ones shown."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def write(self, node: Node) -> str:
        if node.op == "number":
            return number(float(node.value))
        if node.op == "name":
            shown = self.names.get(str(node.value), str(node.value))
            return number(float(shown)) if shown[0].isdigit() else letter(shown)
        return SHAPES.get(node.op, Writer.call)(self, node)

    def inside(self, node: Node, asked: int) -> str:
        """A part, in brackets where it binds less than its place asks."""
        weak = strength(node) < asked
        return bracketed(self.write(node)) if weak else self.write(node)

    def plus(self, node: Node) -> str:
        left, right = node.args
        return row(self.write(left), "<mo>+</mo>", self.inside(right, 1))

    def minus(self, node: Node) -> str:
        left, right = node.args
        return row(self.write(left), "<mo>−</mo>", self.inside(right, 2))

    def times(self, node: Node) -> str:
        left, right = node.args
        sign = "<mo>·</mo>" if self.opens_with_digit(right) else "<mo>&#x2062;</mo>"
        return row(self.inside(left, 3), sign, self.inside(right, 3))

    def opens_with_digit(self, node: Node) -> bool:
        """Whether a factor begins with a digit, which would run into what stands before it."""
        if node.op in ("*", "**"):
            return self.opens_with_digit(node.args[0])
        shown = self.names.get(str(node.value), "") if node.op == "name" else ""
        return node.op == "number" or shown[:1].isdigit()

    def over(self, node: Node) -> str:
        return f"<mfrac>{self.write(node.args[0])}{self.write(node.args[1])}</mfrac>"

    def power(self, node: Node) -> str:
        base, exponent = node.args
        if base.op in FUNCTION_SHAPES:  # cos²x would be read two ways
            return f"<msup>{bracketed(self.write(base))}{self.write(exponent)}</msup>"
        return f"<msup>{self.inside(base, 9)}{self.write(exponent)}</msup>"

    def negative(self, node: Node) -> str:
        return row("<mo>−</mo>", self.inside(node.args[0], 3))

    def root(self, node: Node) -> str:
        return f"<msqrt>{self.write(node.args[0])}</msqrt>"

    def size(self, node: Node) -> str:
        return bracketed(self.write(node.args[0]), "|", "|")

    def exponential(self, node: Node) -> str:
        return f"<msup><mi>e</mi>{self.write(node.args[0])}</msup>"

    def logistic(self, node: Node) -> str:
        one = row("<mn>1</mn>", "<mo>+</mo>", f"<msup><mi>e</mi>{self.write(node.args[0])}</msup>")
        return row("<mi>log</mi>", bracketed(one))

    def call(self, node: Node) -> str:
        inner = "<mo>,</mo>".join(self.write(arg) for arg in node.args)
        return row(f"<mi>{node.op}</mi>", bracketed(inner))


FUNCTION_SHAPES = {"exp": Writer.exponential, "softplus": Writer.logistic, "sqrt": Writer.root}
SHAPES = FUNCTION_SHAPES | {
    "+": Writer.plus,
    "-": Writer.minus,
    "*": Writer.times,
    "/": Writer.over,
    "**": Writer.power,
    "neg": Writer.negative,
    "abs": Writer.size,
}


def mathml(left: str, node: Node, names: dict[str, str] | None = None) -> str:
    """A whole equation `left = node` as a math element."""
    writer = Writer(names or {})
    equation = row(letter(left), "<mo>=</mo>", writer.write(node))
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{equation}</math>'
