"""Reads a rule's worked lines back from their MathML, as Python that can be evaluated."""

from collections.abc import Mapping
from xml.etree import ElementTree

SIGNS = {"·": "*", "−": "-", "+": "+", "(": "(", ")": ")"}


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template with a number in every place."""
    root = ElementTree.fromstring(template)
    for place in root.iter():
        if "data-slot" in place.attrib:
            place.text = str(values[place.attrib["data-slot"]])
    return ElementTree.tostring(root, "unicode")


def assignments(template: str, values: Mapping[str, object]) -> list[tuple[str, str]]:
    """(left, right) of every line as Python, without the opening; `values` fills the places."""
    rows = ElementTree.fromstring(filled(template, values)).iter()
    lines = [row[0][0] for row in rows if row.tag.endswith("mtr")]
    written = [line for line in lines if any("data-slot" in part.attrib for part in line.iter())]
    return [(python(left), python(right)) for left, _, right in written]


def python(element: ElementTree.Element) -> str:
    parts = [python(part) for part in element]
    match element.tag.rpartition("}")[2]:
        case "mn":
            return str(element.text)
        case "mo":
            return SIGNS[str(element.text)]
        case "mfrac":
            return f"({parts[0]})/({parts[1]})"
        case "msqrt":
            return f"math.sqrt({parts[0]})"
        case "msup":
            return f"{parts[0]}**({parts[1]})"
        case "mrow":
            return "".join(parts)
    raise ValueError(element.tag)
