import Host

/// `.rehearse/history`: a line for each run that has ended, appended when its `run.json` is written, so that a long
/// history is listed without opening every record.
///
/// Only a help. A line counts while `run.json` is there and as long as the line says; every other run is read by itself.
extension RunStore {
    private var listPath: String { "\(folder.path)/history" }
    private static let largestList = 256 << 20

    /// What the lines say, by run; the last line of a run counts.
    package func listedEntries() -> [String: (entry: HistoryEntry, recordSize: Int)] {
        // Not there or not readable: every run is read by itself.
        guard let bytes = try? host.files.read(listPath, Self.largestList) else { return [:] }
        let lines = bytes[...].parts(at: 0x0A).filter { !$0.isEmpty }
        let entries = host.cores.map(lines, fewest: 500) { part in
            part.compactMap { line in
                var size = 0
                return HistoryEntry(line: line, recordSize: &size).map { (entry: $0, recordSize: size) }
            }
        }
        var found: [String: (entry: HistoryEntry, recordSize: Int)] = [:]
        found.reserveCapacity(entries.count)
        for known in entries { found[known.entry.id] = known }
        return found
    }

    /// One run for a list.
    ///
    /// - Parameter known: what `listedEntries` says of it.
    package func entry(
        _ run: String, _ known: (entry: HistoryEntry, recordSize: Int)?
    ) throws(StateFailure) -> HistoryEntry {
        try entry(run, known, of: (try? host.files.status(recordPath(of: run)))??.size)
    }

    /// Many of them, in their order.
    package func entries(
        _ runs: ArraySlice<String>, _ known: [String: (entry: HistoryEntry, recordSize: Int)]
    ) -> [Result<HistoryEntry, StateFailure>] {
        zip(runs, host.files.sizes(Self.recordName, Array(runs), folder.runs)).map { run, size in
            do throws(StateFailure) { return .success(try entry(run, known[run], of: size)) } catch {
                return .failure(error)
            }
        }
    }

    /// - Parameter size: of its record as it stands.
    private func entry(
        _ run: String, _ known: (entry: HistoryEntry, recordSize: Int)?, of size: Int?
    ) throws(StateFailure) -> HistoryEntry {
        if let known, known.recordSize == size { return known.entry }
        return HistoryEntry(try listed(run))
    }

    /// Notes a run whose `run.json` was just written. Worth no failure: without its line the run is read by itself.
    func note(_ record: RunRecord, recordSize: Int) {
        // A line of its own also behind one that was being written when the machine stopped.
        let line = "\n" + HistoryEntry(record).line(recordSize: recordSize) + "\n"
        let isThere = (try? host.files.status(listPath)) ?? nil != nil
        let file = try? host.files.openForAppending(
            listPath, isThere ? .existing : .exclusive(mode: StateFolder.fileMode))
        try? file?.append(Array(line.utf8))
    }

    /// Writes the list anew with only these runs.
    func keepListed(_ runs: Set<String>) {
        let kept = listedEntries().values.filter { runs.contains($0.entry.id) }
            .sorted { RunID.isEarlier($0.entry.id, $1.entry.id) }
            .map { $0.entry.line(recordSize: $0.recordSize) + "\n" }
        try? host.files.replace(listPath, Array(kept.joined().utf8), StateFolder.fileMode)
    }
}
