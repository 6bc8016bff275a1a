/// How pure code gets the text of a file that another file names.
///
/// Paths are relative to the project, or absolute.
package struct SourceReader: Sendable {
    package enum Refusal: Error, Hashable, Sendable {
        case notFound
        /// A folder, FIFO or device.
        case notAFile
        case tooLarge(limit: Int)
        case outsideProject
        /// Anything else; the system's own words.
        case notReadable(String)

        /// What is wrong, to follow the file's name: `is not there`.
        package var wording: String {
            switch self {
            case .notFound: "is not there"
            case .notAFile: "is not a file"
            case .tooLarge(let limit): "is larger than \(limit >> 20) MiB"
            case .outsideProject: "is outside the project"
            case .notReadable(let reason): "cannot be read: \(reason)"
            }
        }
    }

    package var bytes: @Sendable (_ path: String) throws(Refusal) -> [UInt8]

    package init(bytes: @escaping @Sendable (_ path: String) throws(Refusal) -> [UInt8]) {
        self.bytes = bytes
    }
}
