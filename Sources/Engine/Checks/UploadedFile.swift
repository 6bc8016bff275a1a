package import Deployment

/// A file as a browser sends it in a form.
package struct UploadedFile: Hashable, Sendable {
    /// The name of the form's field.
    package var field: String
    package var name: String
    /// What it says it is.
    package var type: String
    /// What it is by its first bytes.
    package var content: FileSample
    package var size: Int

    private static let boundary = "rehearse-security-check-5f0c1d"

    package init(field: String, name: String, type: String, content: FileSample, size: Int) {
        self.field = field
        self.name = name
        self.type = type
        self.content = content
        self.size = size
    }

    var contentType: String { "multipart/form-data; boundary=\(Self.boundary)" }

    /// RFC 7578.
    var form: [UInt8] {
        let head =
            "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n"
            + "Content-Type: \(type)\r\n\r\n"
        return Array(head.utf8) + content.bytes(size) + Array("\r\n--\(Self.boundary)--\r\n".utf8)
    }

    /// The commands that print its content.
    var curlSource: String {
        let beginning = content.beginning.prefix(size).map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
        let rest = size - min(size, content.beginning.count)
        let filler = content.bytes(content.beginning.count + 1).last == 0 ? "" : " | tr '\\0' ' '"
        return "{ printf '\(beginning)'; head -c \(rest) /dev/zero\(filler); }"
    }

    /// What `curl -F` is given.
    var curlField: String { "\(field)=@-;filename=\(name);type=\(type)" }
}
