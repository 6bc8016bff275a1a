import CLI
import Testing

private let table = CommandTable.rehearse

private let pages: [HelpRequest.Subject] =
    [.overview] + HelpTopic.all.map(HelpRequest.Subject.topic) + table.visibleCommands.map(HelpRequest.Subject.command)

private func page(_ subject: HelpRequest.Subject) -> String { ManualPage(version: "1.2.3").text(for: subject) }

@Suite struct `The manual page` {
    @Test func `a command's page has the sections that readers of manuals look for`() {
        #expect(
            page(.command(.completions)).hasPrefix(
                #"""
                .TH REHEARSE-COMPLETIONS 1 "" "rehearse 1.2.3" ""
                .nh
                .ad l
                .SH NAME
                rehearse\-completions \- print a completion script for a shell
                .SH SYNOPSIS
                .RS 4
                .nf
                rehearse completions SHELL [flags]
                .fi
                .RE
                .SH DESCRIPTION
                bash: \fBsource <(rehearse completions bash)\fR in \fB\(ti/.bashrc\fR.
                .PP
                zsh: \fBrehearse completions zsh > \(ti/.zfunc/_rehearse\fR, with
                \fBfpath=(\(ti/.zfunc $fpath)\fR before \fBcompinit\fR.

                """#))
    }

    @Test func `the program's page holds every command and every flag`() {
        let page = page(.overview)
        for command in table.visibleCommands { #expect(page.contains("\n.SS rehearse \(command.name)\n")) }
        for flag in table.globalFlags + table.visibleCommands.flatMap(\.flags) {
            #expect(page.contains(flag.spelling.replacing("-", with: "\\-")))
        }
        #expect(!page.contains("__complete"))
    }

    @Test(.enabled(if: Installed.has("mandoc"), "mandoc is not installed"), arguments: pages)
    func `mandoc finds nothing wrong`(subject: HelpRequest.Subject) throws {
        let scratch = try CompletionScratch()
        try scratch.write("page.1", page(subject))
        let complaints = scratch.lines("mandoc", ["-T", "lint", "-W", "warning", "page.1"])
        // There is no date, so that the same version prints the same page.
        #expect(complaints.filter { !$0.contains("missing date") } == [])
    }

    @Test(.enabled(if: Installed.has("groff"), "groff is not installed"), arguments: pages)
    func `groff finds nothing wrong and prints text that can be copied`(subject: HelpRequest.Subject) throws {
        let scratch = try CompletionScratch()
        try scratch.write("page.1", page(subject))
        let (printed, status) = scratch.run("groff", ["-ww", "-man", "-Tutf8", "-P-c", "page.1"])
        #expect(status == 0)
        // groff names the file in whatever it complains about.
        #expect(!printed.contains("page.1"))
        #expect(!printed.contains("\u{2010}") && !printed.contains("\u{2212}") && !printed.contains("\u{2019}"))
        if case .command(let command) = subject {
            for example in command.examples { #expect(printed.contains(example.line)) }
        }
    }
}
