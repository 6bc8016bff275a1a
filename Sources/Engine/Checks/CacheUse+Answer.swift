import Deployment
import Host

extension CacheUse {
    /// What an answer says of the caches it came through.
    init(_ headers: [HTTPHeader]) {
        self =
            switch CacheAnswer(headers).verdict {
            case .hit: .hit
            case .miss: .miss
            case .unknown: .unsaid
            }
    }
}
