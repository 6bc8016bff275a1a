import Glibc

/// The words of errno(3) for codes that have none of our own.
package enum SystemErrorWords {
    /// As `the system said: No locks available (error 37)`: the words to understand, the number to search for.
    package static func said(_ code: Int32) -> String {
        guard let words = unsafe strerror(code) else { return "the system said error \(code)" }
        return unsafe "the system said: \(String(cString: words)) (error \(code))"
    }
}
