import Diagnostics
import Testing

@Suite struct `Duration syntax` {
    @Test(arguments: [
        ("300ms", Duration.milliseconds(300)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("1h30m", .seconds(5_400)),
        ("7d", .seconds(604_800)), ("0s", .zero), ("1d2h3m4s5ms", .milliseconds(93_784_005)), ("90m", .seconds(5_400)),
        ("36500d", DurationSyntax.longest), ("007s", .seconds(7)),
    ])
    func `numbers with units are added up`(text: String, duration: Duration) throws {
        #expect(try DurationSyntax.parse(text) == duration)
    }

    @Test(arguments: [
        ("", "`` is not a duration"),
        ("soon", "`soon` is not a duration"),
        ("-5s", "`-5s` is not a duration"),
        ("1.5h", "`1.5h` has a number without a unit"),
        ("30", "`30` has a number without a unit"),
        ("5 m", "`5 m` has a number without a unit"),
        ("5m ", "`5m ` is not a duration"),
        ("٣s", "`٣s` is not a duration"),
        ("5min", "`5min` has the unknown unit `min`"),
        ("5M", "`5M` has the unknown unit `M`"),
        ("30m1h", "`30m1h` does not name its units from large to small, each once"),
        ("1s1s", "`1s1s` does not name its units from large to small, each once"),
        ("36501d", "`36501d` is longer than the limit of `36500d`"),
        ("99999999999999999999ms", "`99999999999999999999ms` is longer than the limit of `36500d`"),
        ("9223372036854775807ms", "`9223372036854775807ms` is longer than the limit of `36500d`"),
        ("9223372036854775807d", "`9223372036854775807d` is longer than the limit of `36500d`"),
    ])
    func `anything else is refused with its reason`(text: String, message: String) {
        #expect(throws: DurationSyntax.Failure(message: message)) { try DurationSyntax.parse(text) }
    }

    @Test(arguments: [
        (Duration.milliseconds(300), "300ms"), (.seconds(5_400), "1h30m"), (.seconds(604_800), "7d"), (.zero, "0s"),
        (.milliseconds(61_001), "1m1s1ms"), (.seconds(-1), "0s"), (.nanoseconds(999_999), "0s"),
    ])
    func `a duration is written in its shortest form`(duration: Duration, text: String) {
        #expect(DurationSyntax.format(duration) == text)
    }

    @Test(arguments: [1, 999, 1_000, 59_999, 3_600_000, 86_399_999, 86_400_000, 3_153_600_000_000])
    func `what is written is read back as the same duration`(milliseconds: Int) throws {
        let duration = Duration.milliseconds(milliseconds)
        #expect(try DurationSyntax.parse(DurationSyntax.format(duration)) == duration)
    }
}
