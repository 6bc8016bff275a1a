package import Deployment

extension Project {
    /// Brings here what others have recorded in a shared history; sends nothing.
    package func fetchShared(_ settings: SharedHistory) throws(SharingFailure) {
        let client = try HistoryClient(self, settings)
        try client.fetch()
        _ = try client.importNew()
    }
}
