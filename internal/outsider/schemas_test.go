package outsider

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// TestBashReadsEverySchema: the reader of bodies in bash, which is small and its own, finds in each example of each schema what the
// gateway's own reader finds, and refuses each example of which a value has another type.
func TestBashReadsEverySchema(t *testing.T) {
	t.Parallel()
	schemas, err := fs.Glob(policies.FS, "berichten/*/schema.json")
	check(t, err)
	if len(schemas) == 0 {
		t.Fatal("there are no schemas")
	}
	for _, file := range schemas {
		kind := vocabulary.Kind(path.Base(path.Dir(file)))
		data, err := policies.FS.ReadFile(file)
		check(t, err)
		var schema struct {
			Examples []json.RawMessage `json:"examples"`
		}
		check(t, json.Unmarshal(data, &schema))
		var bad [][]byte
		for _, example := range schema.Examples {
			bad = append(bad, retyped(t, example))
		}
		good := read(t, data, schema.Examples)
		for i, example := range schema.Examples {
			want, err := message.DefaultSchemas().Categories(kind, example)
			check(t, err)
			if len(good[i].Faults) > 0 || !slices.Equal(good[i].Categories, want) {
				t.Errorf("%s, example %d: %v %v, want no faults and %v", kind, i, good[i].Faults, good[i].Categories, want)
			}
		}
		for i, verdict := range read(t, data, bad) {
			if len(verdict.Faults) == 0 {
				t.Errorf("%s, example %d: a field of another type, and an unknown one, pass", kind, i)
			}
		}
	}
}

type verdict struct {
	Faults     []string              `json:"fouten"`
	Categories []vocabulary.Category `json:"gegevens"`
}

// read has lib/inhoud.jq judge bodies by a schema.
func read[B ~[]byte](t *testing.T, schema []byte, bodies []B) []verdict {
	t.Helper()
	file := filepath.Join(t.TempDir(), "schema.json")
	check(t, os.WriteFile(file, schema, 0o600))
	cmd := exec.CommandContext(t.Context(), "jq", "-c", "--slurpfile", "schema", file, "-f", examples+"/bash/lib/inhoud.jq")
	var in bytes.Buffer
	for _, body := range bodies {
		in.Write(body)
		in.WriteByte('\n')
	}
	cmd.Stdin = &in
	out, err := cmd.Output()
	check(t, err)
	var all []verdict
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var v verdict
		check(t, dec.Decode(&v))
		all = append(all, v)
	}
	if len(all) != len(bodies) {
		t.Fatalf("%d verdicts on %d bodies", len(all), len(bodies))
	}
	return all
}

// retyped gives a body of which the first field, by name, is a number in an object: no schema has that.
func retyped(t *testing.T, body []byte) []byte {
	t.Helper()
	var fields map[string]any
	check(t, json.Unmarshal(body, &fields))
	first := slices.Sorted(maps.Keys(fields))[0]
	fields[first] = map[string]any{"getal": 1.5}
	out, err := json.Marshal(fields)
	check(t, err)
	return out
}
