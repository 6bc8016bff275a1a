/// What an answer says of the caches it came through.
package enum CacheUse: String, Hashable, Sendable, Codable, CaseIterable {
    case hit
    case miss
    /// It says nothing, or came through none.
    case unsaid
}
