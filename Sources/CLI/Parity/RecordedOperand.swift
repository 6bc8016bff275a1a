import Deployment
import Diagnostics
import Engine
import Host
import YAML

/// An environment as a run found it: `ENV@RUN`, and `ENV@deployed` for the last one that went well.
struct RecordedOperand {
    let project: Project
    let loader: ProjectLoader

    /// - Throws: `CommandFailure` when the state of runs cannot be read.
    func read(_ word: OperandWord, named name: String) throws -> ComparedOperand? {
        switch word {
        case .deployed(let environment):
            guard let record = try deployed(environment) else { return nil }
            return try operand(of: record, environment, named: name)
        case .run(let environment, let reference):
            guard let record = try run(reference, environment) else { return nil }
            return try operand(of: record, environment, named: name)
        default: preconditionFailure("only words that mean a run are read here")
        }
    }

    // MARK: - Which run

    private func run(_ reference: String, _ environment: String) throws -> RunRecord? {
        let record: RunRecord
        do {
            let run = try project.store.resolve(reference == "last" ? "last:\(environment)" : reference)
            record = try project.store.listed(run)
        } catch let failure as RunReference.Failure {
            var diagnostic = failure.diagnostic
            diagnostic.expected = "ENV@deployed, ENV@RUN or ENV@git:REV"
            loader.problems.add(diagnostic)
            return nil
        } catch let failure as StateFailure {
            throw CommandFailure(failure)
        }
        guard record.environment.name == environment else {
            loader.problems.error(
                "the run \(record.id) was on `\(record.environment.name)`", at: .none,
                expected: "a run on `\(environment)`", next: "rehearse history --environment \(environment)")
            return nil
        }
        return record
    }

    /// The newest run on the environment that succeeded and was not taken back.
    private func deployed(_ environment: String) throws -> RunRecord? {
        do throws(StateFailure) {
            var unsettled: RunRecord?
            for run in try project.store.identifiers() where run.dropLast(5).hasSuffix("-\(environment)") {
                let record = try project.store.listed(run)
                guard record.environment.name == environment else { continue }
                if record.status == .succeeded {
                    if let unsettled { warn(unsettled, since: record) }
                    return record
                }
                if !record.settled, unsettled == nil { unsettled = record }
            }
        } catch {
            throw CommandFailure(error)
        }
        loader.problems.error(
            "nothing is recorded as deployed on `\(environment)`: no run on it succeeded and stayed", at: .none,
            expected: "a successful run on `\(environment)`",
            next: "rehearse history --environment \(environment); or compare with `\(environment)@git:REV`")
        return nil
    }

    private func warn(_ record: RunRecord, since deployed: RunRecord) {
        loader.problems.warning(
            "the newer run \(record.id) is not settled: what is deployed may not be what \(deployed.id) left",
            at: .none, next: record.unsettledWays.first)
    }

    // MARK: - What it kept

    private func operand(of record: RunRecord, _ environment: String, named name: String) throws -> ComparedOperand? {
        let path = "\(StateFolder.name)/runs/\(record.id)/\(ComparedSnapshot.fileName)"
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try project.host.files.read("\(project.root)/\(path)", ComparedSnapshot.largest)
        } catch {
            guard error.cause == .notFound else { throw CommandFailure(StateFailure.file(error)) }
            let commit = record.git.flatMap { $0.dirty ? nil : $0.commit }
            loader.problems.error(
                "the run \(record.id) did not keep what is compared", at: .none,
                expected: "\(ComparedSnapshot.fileName) in its folder, as this version writes it",
                next: commit.map { "compare with `\(environment)@git:\($0.prefix(12))`, its commit" })
            return nil
        }
        let file = SourceFile(path: path, bytes: bytes)
        let id = loader.sources.add(file)
        guard let root = ComparedSnapshot.read(file, id: id, problems: loader.problems) else { return nil }
        return ComparedOperand(name: name, root: root, environment: environment)
    }
}
