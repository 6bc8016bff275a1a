import Diagnostics
import Testing

@Suite struct `Instants` {
    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", 0),
        ("2026-11-20T20:45:12.345Z", 1_795_207_512_345),
        ("2000-02-29T23:59:59.999Z", 951_868_799_999),
        ("2024-02-29T00:00:00.000Z", 1_709_164_800_000),
        ("1969-12-31T23:59:59.999Z", -1),
        ("1900-03-01T00:00:00.000Z", -2_203_891_200_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
    func `are written as RFC 3339 and read back`(text: String, milliseconds: Int) {
        #expect(Timestamp(millisecondsSince1970: milliseconds).description == text)
        #expect(Timestamp(text)?.millisecondsSince1970 == milliseconds)
    }

    @Test(arguments: [
        ("2026-11-20T20:45:12Z", "2026-11-20T20:45:12.000Z"),
        ("2026-11-20t20:45:12z", "2026-11-20T20:45:12.000Z"),
        ("2026-11-20 20:45:12.5Z", "2026-11-20T20:45:12.500Z"),
        ("2026-11-20T20:45:12.123456789Z", "2026-11-20T20:45:12.123Z"),
        ("2026-11-20T20:45:12+02:00", "2026-11-20T18:45:12.000Z"),
        ("2026-11-20T20:45:12-05:30", "2026-11-21T02:15:12.000Z"),
        ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        ("2027-06-30", "2027-06-30T00:00:00.000Z"),
    ])
    func `are read in every form of RFC 3339`(text: String, normal: String) {
        #expect(Timestamp(text)?.description == normal)
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "1900-02-29", "26-11-20",
        "2026-11-20T", "2026-11-20T20:45Z", "2026-11-20T20:45:12", "2026-11-20T24:00:00Z", "2026-11-20T20:60:00Z",
        "2026-11-20T20:45:61Z", "2026-11-20T20:45:12.Z", "2026-11-20T20:45:12+0200", "2026-11-20T20:45:12Zx",
        "2026-11-20T20:45:12+25:00", "+026-11-20", "2026-1١-20", " 2026-11-20", "2026-11-20 ",
    ])
    func `are not read from anything else`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `of every day for four centuries come back as they were`() {
        for day in stride(from: -73_000, through: 73_000, by: 1) {
            let instant = Timestamp(millisecondsSince1970: day * 86_400_000 + 12_345_678)
            guard Timestamp(instant.description) == instant else {
                Issue.record("\(instant) is read as \(String(describing: Timestamp(instant.description)))")
                return
            }
        }
    }

    @Test func `are ordered by time`() throws {
        let early = try #require(Timestamp("2026-11-20T20:45:12+02:00"))
        let late = try #require(Timestamp("2026-11-20T20:45:12Z"))
        #expect(early < late)
        #expect(early.adding(milliseconds: 2 * 3_600_000) == late)
    }

    @Test func `begin the name of a run in their compact form`() {
        #expect(Timestamp(millisecondsSince1970: 1_795_207_512_345).compact == "20261120T204512Z")
    }
}
