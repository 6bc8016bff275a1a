/// The version of this program, as `--version` prints it and every record names it.
package enum Version {
    package static let current = "0.1.0"
}
