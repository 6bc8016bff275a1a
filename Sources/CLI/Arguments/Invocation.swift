package import Diagnostics

/// What a command line asks for. Nothing was looked at but the words.
package struct Invocation: Hashable, Sendable {
    package enum Request: Hashable, Sendable {
        case command(ParsedArguments)
        /// Print help to standard output, exit 0.
        case help(HelpRequest)
        /// Print the version to standard output, exit 0.
        case version
        /// Not one word was given: print the short overview to standard error, exit 2.
        case nothing
        /// Every problem of the line, never empty, errors all of them: exit 2.
        case invalid([Diagnostic])
    }

    package let request: Request
    /// As far as they could be read, also on an invalid line: an error has to be printed somehow.
    package let globals: GlobalOptions

    package init(_ request: Request, globals: GlobalOptions) {
        self.request = request
        self.globals = globals
    }
}

/// Which help in which form.
package struct HelpRequest: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case overview
        case command(CommandSpecification)
        case topic(HelpTopic)
    }

    package enum Form: Hashable, Sendable {
        /// `-h`: summaries.
        case short
        /// `--help`, `help`: all there is to say.
        case long
        /// `help --man`: roff for `man`.
        case manual
    }

    package let subject: Subject
    package let form: Form

    package init(_ subject: Subject, _ form: Form) {
        self.subject = subject
        self.form = form
    }
}
