/// Digests over libmd.
package struct Digest: Sendable {
    /// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
    package var sha256: @Sendable (_ bytes: [UInt8]) -> String

    package init(sha256: @escaping @Sendable (_ bytes: [UInt8]) -> String) { self.sha256 = sha256 }
}
