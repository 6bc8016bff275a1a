import Host
import YAML

/// A run as it can be looked at, also where nothing of it may be changed.
package struct ShownRun: Sendable {
    package let record: RunRecord
    /// Why it is told from `run.json`; `nil`: it comes from its journal, which is the truth.
    package let caveat: StateFailure?
    /// `run.json` as it stands, with keys that this version does not know; only with a caveat.
    package let document: [UInt8]
}

extension RunStore {
    /// - Throws: whatever is wrong with the journal, but for one that is missing or newer while its record can be read.
    package func shown(_ run: String) throws(StateFailure) -> ShownRun {
        let cause: StateFailure
        do throws(StateFailure) {
            return ShownRun(record: try record(of: run), caveat: nil, document: [])
        } catch {
            cause = error
        }
        switch cause {
        case .journalMissing, .newerSchema: break
        default: throw cause
        }
        guard let (record, document) = copy(of: run) else { throw cause }
        return ShownRun(record: record, caveat: cause, document: document)
    }

    /// What `run.json` says; `nil` when it is not there or does not fit.
    package func copy(of run: String) -> (record: RunRecord, document: [UInt8])? {
        guard let bytes = try? host.files.read(recordPath(of: run), 16 << 20), let node = try? JSONReader.read(bytes),
            let record = try? NodeDecoder.decode(RunRecord.self, from: node), record.id == run
        else { return nil }
        return (record, bytes)
    }
}
