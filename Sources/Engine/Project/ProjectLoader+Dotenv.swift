import Deployment
import Diagnostics
package import YAML

extension ProjectLoader {
    /// A `.env` file as a tree of strings, each with its place; `nil` when it is not valid, which is in `problems`.
    package func dotenv(_ bytes: [UInt8], path: String) -> Node? {
        let file = SourceFile(path: path, bytes: bytes)
        return DotenvDocument.read(file, id: sources.add(file), problems: problems)
    }
}
