import Glibc
import Host
import TestSupport
import Testing
import YAML

/// The invariants of RELIABILITY section 3, as questions to the disk and to `/proc`.
enum Invariants {
    static func journals(in scratch: ScratchDirectory) -> [JournalOnDisk] {
        let runs = (try? Files.live.list(scratch(".rehearse/runs"))) ?? []
        return runs.compactMap { run in
            (try? Files.live.read(scratch(".rehearse/runs/\(run)/journal.jsonl"), 1 << 30)).map(JournalOnDisk.init)
        }
    }

    /// I6: what was asked for is on record as done.
    static func expectDone(
        _ words: [String], _ answer: RehearseBinary.Answer, _ journals: [JournalOnDisk], _ location: SourceLocation
    ) {
        func ends(_ event: String, _ status: String) -> Bool {
            journals.contains { journal in
                journal.lines.last { $0["ev"]?.string == event }?["status"]?.string == status
            }
        }
        switch words.first {
        case "run", "resume": #expect(ends("run.end", "succeeded"), "I6: \(words) \(answer)", sourceLocation: location)
        case "rollback" where !words.contains("--plan") && !words.contains("--help"):
            #expect(
                ends("rb.close", "rolled_back") || answer.error.contains("nothing to undo"),
                "I6: \(words) \(answer)", sourceLocation: location)
        default: break
        }
    }

    /// I3: every record file is absent or whole, and every journal is whole lines and at most one torn one.
    static func expectWholeRecords(in scratch: ScratchDirectory, _ location: SourceLocation) {
        let runs = (try? Files.live.list(scratch(".rehearse/runs"))) ?? []
        for run in runs {
            if let bytes = try? Files.live.read(scratch(".rehearse/runs/\(run)/run.json"), 1 << 24) {
                let record = try? JSONReader.read(bytes)
                #expect(record?["id"]?.string == run, "I3: run.json is neither old nor new", sourceLocation: location)
            }
            if let bytes = try? Files.live.read(scratch(".rehearse/runs/\(run)/journal.jsonl"), 1 << 30) {
                #expect(JournalOnDisk(bytes).damage == nil, "I3: the journal", sourceLocation: location)
            }
        }
    }

    /// I4: the secret is nowhere, plain, as JSON or in base64.
    static func expectNoCanary(_ said: [String], in scratch: ScratchDirectory, _ location: SourceLocation) {
        let canary = FaultProject.canary
        // The middle of its base64 text, the same at every alignment but for its ends, is searched in each.
        let forms =
            [canary, canary.replacing("\"", with: "\\\"")] + (0..<3).map { Base64.middle(of: canary, after: $0) }
        for text in said {
            #expect(!forms.contains(where: text.contains), "I4: it was shown: \(text)", sourceLocation: location)
        }
        for (path, text) in files(below: scratch(".rehearse")) {
            #expect(!forms.contains(where: text.contains), "I4: it is in \(path)", sourceLocation: location)
        }
        // What tests beside this one say on purpose is none of its business.
        for process in processes(in: scratch) {
            guard let line = try? Files.live.read("/proc/\(process)/cmdline", 1 << 20) else { continue }
            #expect(
                !String(decoding: line, as: UTF8.self).contains(canary), "I4: in a command line",
                sourceLocation: location)
        }
    }

    /// I5: no process of these runs is left.
    static func expectNoProcess(of runs: [String], in scratch: ScratchDirectory, _ location: SourceLocation) {
        let left = processes(of: runs, in: scratch)
        guard !left.isEmpty else { return }
        // One that was just killed may still be on its way out.
        let stayed = left.filter { !isGone($0) }
        #expect(stayed.isEmpty, "I5: these processes outlived their run", sourceLocation: location)
        for process in stayed { kill(process, SIGKILL) }
    }

    /// The living processes of this project whose environment names one of these runs. Another project's can have a run of
    /// the same name at the same time.
    static func processes(of runs: [String], in scratch: ScratchDirectory) -> [Int32] {
        guard !runs.isEmpty else { return [] }
        return processes(in: scratch) { variables in runs.contains { variables.contains("REHEARSE_RUN=\($0)") } }
    }

    /// The living processes whose environment names the project's folder: it is their `HOME`.
    private static func processes(
        in scratch: ScratchDirectory, where fits: (String) -> Bool = { _ in true }
    ) -> [Int32] {
        ((try? Files.live.list("/proc")) ?? []).compactMap { Int32($0) }.filter { process in
            // Of another user, or gone meanwhile.
            guard let bytes = try? Files.live.read("/proc/\(process)/environ", 1 << 22), !bytes.isEmpty else {
                return false
            }
            let text = String(decoding: bytes, as: UTF8.self)
            return text.contains(scratch.path) && fits(text)
        }
    }

    private static func files(below folder: String) -> [(path: String, text: String)] {
        ((try? Files.live.list(folder)) ?? []).flatMap { name -> [(path: String, text: String)] in
            let path = "\(folder)/\(name)"
            switch (try? Files.live.status(path))??.kind {
            case .directory: return files(below: path)
            case .file: return [(path, String(decoding: (try? Files.live.read(path, 1 << 30)) ?? [], as: UTF8.self))]
            default: return []
            }
        }
    }

    /// How many times longer things may take on this machine at this moment: its load for each of its cores, at least 1.
    static func load() -> Int {
        let text = (try? Files.live.read("/proc/loadavg", 100)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let load = text.split(separator: " ").first.flatMap { Double($0) } ?? 1
        return max(1, Int((load / Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))).rounded(.up)))
    }
}

/// RFC 4648, as far as a search needs it.
enum Base64 {
    /// The digits that depend on nothing but the text when some bytes stand before it.
    static func middle(of text: String, after count: Int) -> String {
        let bytes = Array(repeating: UInt8(0), count: count) + Array(text.utf8)
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var bits = ""
        var index = 0
        while (index + 1) * 6 <= bytes.count * 8 {
            var value = 0
            for bit in (index * 6)..<(index * 6 + 6) { value = value << 1 | Int(bytes[bit / 8] >> (7 - bit % 8)) & 1 }
            bits.append(digits[value])
            index += 1
        }
        return String(bits.dropFirst(count == 0 ? 0 : count + 1))
    }
}
