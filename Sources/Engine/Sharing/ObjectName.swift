/// The name of an object of git: 40 or 64 lower-case hexadecimal digits.
package enum ObjectName {
    package static func isValid(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return (bytes.count == 40 || bytes.count == 64)
            && bytes.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
