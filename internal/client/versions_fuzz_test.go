package client

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
)

// FuzzVersions: nothing that could be another path, or steer a terminal, leaves a list of convenants.
func FuzzVersions(f *testing.F) {
	f.Add([]byte(`{"id":"a","versie":2,"titel":"Een titel","regie":"00000099000000010000","geldig":{"van":"2026-01-01","tot":"2026-12-31"},` +
		`"digest":"sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:","status":"van-kracht","vervangenDoor":null,"looptAf":"2026-12-31",` +
		`"ondertekeningen":[{"partij":"00000099000000010000","besluit":"akkoord","tijd":null},{"partij":"00000099000000020000","besluit":null,"tijd":null}]}`))
	f.Add([]byte(`{"id":"../x","status":"\u001b[2J"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var line versionJSON
		if json.Unmarshal(data, &line) != nil {
			return
		}
		v, err := line.read()
		if err != nil {
			return
		}
		codes := v.Ref.ID + string(v.Status)
		for _, word := range v.Words {
			codes += string(word.Party) + string(word.Verdict)
		}
		texts := v.Title + v.From + v.Last + v.Ends
		if v.Ref.Version < 1 || strings.ContainsAny(codes, "/.\x1b\n") || strings.ContainsFunc(texts, unicode.IsControl) {
			t.Errorf("passed: %+v", v)
		}
	})
}
