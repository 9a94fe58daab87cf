package convenant_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
)

// crowd is a version per party with as many parties as a convenant may have, who all signed it on the day of its number.
func crowd(t testing.TB, version int) convenant.Standing {
	t.Helper()
	var parties strings.Builder
	for i := range 497 {
		oin := fmt.Sprintf("00000099%04d00000000", i+1000)
		fmt.Fprintf(&parties, "  - {oin: %q, rol: school, kaartsleutel: %q}\n", oin, digest.Of([]byte(oin)))
	}
	text := strings.NewReplacer("versie: 1\n", fmt.Sprintf("versie: %d\ninwerking: per-partij\n", version), "doelen:\n  veilige", parties.String()+"doelen:\n  veilige").Replace(small)
	keys := map[party.OIN]digest.SHA256{}
	for _, oin := range []party.OIN{municipality, police, school} {
		keys[oin] = digest.Of([]byte(oin))
	}
	pinned, err := convenant.WithCardKeys([]byte(text), keys)
	if err != nil {
		t.Fatal(err)
	}
	st := convenant.Standing{Convenant: parse(t, string(pinned))}
	for _, m := range st.Convenant.Parties {
		st.Signatures = append(st.Signatures, word(st.Convenant, m.OIN, convenant.Agreed, onDay(version)))
	}
	return st
}

// BenchmarkStatusOfACrowd: the list of convenants and the clockwork ask this of each version, and the worst is one that a newer version
// replaced between all pairs of 500 parties. 0.1 s on 2 cores of 2026; 1.2 s while each pair looked through all parties and signatures.
func BenchmarkStatusOfACrowd(b *testing.B) {
	line := convenant.Line([]convenant.Standing{crowd(b, 1), crowd(b, 2)})
	for b.Loop() {
		if status, by := line[0].Status(onDay(5)); status != convenant.StatusReplaced || by != 2 {
			b.Fatal(status, by)
		}
	}
}
