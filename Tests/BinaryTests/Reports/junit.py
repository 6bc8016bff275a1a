"""Reads JUnit results strictly, as the common schema has them, and prints what they say as JSON.

usage: junit.py <FILE

Exit 1 with a message for anything that a reader could choke on: an unknown element or attribute, one that is missing,
children in another order, counts that do not add up. The shape is that of https://github.com/windyroad/JUnit-Schema,
and `skipped` has a message, as in Jenkins' schema:
https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree

ATTRIBUTES = {
    "testsuites": set(),
    "testsuite": {"name", "package", "id", "hostname", "timestamp", "time", "tests", "failures", "errors", "skipped"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
    "system-err": set(),
}
CHILDREN = {
    "testsuites": r"(testsuite )*",
    "testsuite": r"properties (testcase )*system-out system-err ",
    "properties": r"(property )*",
    "testcase": r"(failure |error |skipped )?",
}


def need(held, what):
    if not held:
        sys.exit(what)


def visit(element):
    need(element.tag in ATTRIBUTES, f"unknown element {element.tag}")
    need(set(element.attrib) == ATTRIBUTES[element.tag], f"{element.tag} has {sorted(element.attrib)}")
    children = "".join(child.tag + " " for child in element)
    need(re.fullmatch(CHILDREN.get(element.tag, ""), children), f"{element.tag} holds {children}")
    if "time" in element.attrib:
        need(re.fullmatch(r"\d+\.\d{3}", element.get("time")), f"time {element.get('time')}")
    if element.tag == "testsuite":
        need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", element.get("timestamp")), element.get("timestamp"))
    if element.tag == "testsuite":
        cases = list(element.iter("testcase"))
        need(int(element.get("tests")) == len(cases), f"{element.get('tests')} tests, {len(cases)} cases")
        for count, tag in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
            found = sum(case.find(tag) is not None for case in cases)
            need(int(element.get(count)) == found, f"{count} {element.get(count)}, found {found}")
    for child in element:
        visit(child)


def told(case):
    for child in case:
        return f"{case.get('name')} | {child.tag} {child.get('type') or ''}| {child.get('message')}"
    return f"{case.get('name')} | passed"


root = ElementTree.fromstring(sys.stdin.buffer.read())
need(root.tag == "testsuites", f"begins with {root.tag}")
visit(root)
print(json.dumps({
    "suites": [
        {
            "name": suite.get("name"),
            "cases": [told(case) for case in suite.iter("testcase")],
            "properties": {one.get("name"): one.get("value") for one in suite.iter("property")},
            "texts": [child.text or "" for case in suite.iter("testcase") for child in case],
        }
        for suite in root
    ],
}))
