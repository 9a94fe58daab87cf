package api_test

import (
	"net/http"
	"net/url"
	"strings"
)

// trailAttacks look into the trail in ways that are not to be. All are of a participant with a good token.
func trailAttacks() []attack {
	asked := func(name, query, place string) attack {
		return attack{name: "trail: " + name, status: http.StatusBadRequest, code: "verzoek-onjuist", place: place, do: func(s *siege) answer {
			return s.try(s.sender().HTTP(), http.MethodGet, "/v1/auditregels?logdoel=rechtmatigheid&"+query, "", "")
		}}
	}
	one := func(name, key, value string) attack { return asked(name, key+"="+url.QueryEscape(value), key) }
	const oin = "00000099000000030000"
	return []attack{
		one("a case that is no id", "zaak", canary),
		one("a case with a quote", "zaak", "' OR '1'='1"),
		one("a case of version 4", "zaak", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
		one("no case", "zaak", ""),
		asked("two cases", "zaak=019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11&zaak=019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b12", "zaak"),
		one("a participant without a party", "deelnemer", "vc-1"),
		one("a party without a participant", "deelnemer", oin+"/"),
		one("a participant of everyone", "deelnemer", "*/vc-1"),
		one("a participant with a NUL", "deelnemer", oin+"/vc-1\x00beveiliging"),
		one("a participant with a space", "deelnemer", oin+"/vc 1"),
		one("a participant of 65 characters", "deelnemer", oin+"/"+strings.Repeat("a", 65)),
		one("two slashes", "deelnemer", oin+"/vc-1/"),
		one("a date for a time", "van", "2026-11-01"),
		one("a time without an offset", "van", "2026-11-01T00:00:00"),
		asked("a plus that became a space", "van=2026-11-01T00:00:00+01:00", "van"),
		one("a leap month", "tot", "2026-13-01T00:00:00Z"),
		one("a year of five digits", "tot", "12026-11-01T00:00:00Z"),
		asked("a period that ends before it begins", "van=2026-11-02T00:00:00Z&tot=2026-11-01T00:00:00Z", "tot"),
		asked("a period of nothing", "van=2026-11-01T00:00:00Z&tot=2026-11-01T00:00:00Z", "tot"),
		one("a reason with a percent sign", "reden", "%"),
		one("a reason in capitals", "reden", strings.ToUpper(canary)),
		one("a reason of 65 characters", "reden", strings.Repeat("a", 65)),
		one("a kind that is none", "soort", "alles"),
		one("a limit of nothing", "limiet", "0"),
		one("a limit below nothing", "limiet", "-1"),
		one("a limit of 101", "limiet", "101"),
		one("a limit of 2^16", "limiet", "65537"),
		one("a limit with a point", "limiet", "1.5"),
		one("a cursor of 16 digits", "cursor", "1000000000000000"),
		asked("an unknown parameter", canary+"=1", "query"),
		asked("a party of one's choice", "partij=00000099000000020000", "query"),
	}
}
