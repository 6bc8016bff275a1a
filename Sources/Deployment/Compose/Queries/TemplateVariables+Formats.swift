import YAML

extension TemplateVariables {
    /// A table with a line of titles, its columns at least 20 wide and three blanks apart.
    package var table: String {
        let rows =
            [["NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE"]]
            + entries.map { [$0.name, $0.isRequired ? "true" : "false", $0.defaultValue, $0.alternateValue] }
        let widths = (0..<3).map { column in
            rows.map { $0[column].unicodeScalars.count + 3 }.reduce(20, max)
        }
        return rows.map { row in
            zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.unicodeScalars.count)
            }.joined() + row[3] + "\n"
        }.joined()
    }

    /// `{NAME: {Name, DefaultValue, PresenceValue, Required}}`, indented by four.
    package var json: String {
        guard !entries.isEmpty else { return "{}\n\n" }
        let lines = entries.map { entry in
            """
                \(GoJSON.quotedForText(entry.name)): {
                    "Name": \(GoJSON.quotedForText(entry.name)),
                    "DefaultValue": \(GoJSON.quotedForText(entry.defaultValue)),
                    "PresenceValue": \(GoJSON.quotedForText(entry.alternateValue)),
                    "Required": \(entry.isRequired)
                }
            """
        }
        // Compose ends it with an empty line.
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n\n"
    }

    /// `{NAME: {name, defaultvalue, presencevalue, required}}`.
    package var yaml: String {
        YAMLWriter.text(
            of: Node.mapping(
                entries.map { entry in
                    (
                        entry.name,
                        Node.mapping([
                            ("name", .string(entry.name)), ("defaultvalue", .string(entry.defaultValue)),
                            ("presencevalue", .string(entry.alternateValue)), ("required", .boolean(entry.isRequired)),
                        ])
                    )
                }))
    }
}
