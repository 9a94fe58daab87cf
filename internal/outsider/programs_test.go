package outsider

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

const examples = "../../docs/api/voorbeelden"

// program is a client of Sluis that somebody can run.
type program struct {
	name string
	// send gives the command that sends order, an opdracht.json; open the one that opens and confirms message id and writes its
	// body to the file <folder>/<id>.json.
	send func(t *testing.T, profile, order string) []string
	open func(t *testing.T, profile, folder, id string) []string
}

var (
	bash = program{"bash",
		func(_ *testing.T, profile, order string) []string {
			return []string{examples + "/bash/versturen.sh", profile, order}
		},
		func(_ *testing.T, profile, folder, id string) []string {
			return []string{examples + "/bash/ontvangen.sh", profile, folder, id}
		}}
	typescript = program{"typescript",
		func(t *testing.T, profile, order string) []string {
			return []string{"node", built(t) + "/versturen.js", profile, order}
		},
		func(t *testing.T, profile, folder, id string) []string {
			return []string{"node", built(t) + "/ontvangen.js", profile, folder, id}
		}}
	command = program{"sluis",
		func(t *testing.T, profile, order string) []string {
			body := filepath.Join(t.TempDir(), "inhoud.json")
			check(t, os.WriteFile(body, orderBody(t, order), 0o600))
			return []string{sluis(t), "send", "--profiel", profile, "--soort", "signaal", "--naar", police + "/wijkagent", "--convenant",
				gatewaytest.ConvenantID + "/1", "--gegevens", "signaal,incident,identiteit", "--fase", "2",
				"--verklaring", "oudersGeinformeerd,proportioneel", "--lading", body}
		},
		func(t *testing.T, profile, folder, id string) []string {
			check(t, os.MkdirAll(folder, 0o700))
			return []string{sluis(t), "receive", "--profiel", profile, id, "--uit", filepath.Join(folder, id+".json")}
		}}
)

const police = "00000099000000020000"

// orderBody gives the body of an opdracht.json, which the command takes apart from the rest.
func orderBody(t *testing.T, order string) []byte {
	t.Helper()
	data, err := os.ReadFile(order)
	check(t, err)
	var o struct {
		Body json.RawMessage `json:"inhoud"`
	}
	check(t, json.Unmarshal(data, &o))
	return o.Body
}

// built compiles the example in TypeScript, which checks its types, and gives the folder.
func built(t *testing.T) string {
	t.Helper()
	out, err := compile()
	if err != nil {
		t.Fatalf("compiling the example in TypeScript (make deps fetches what it needs): %v\n%s", err, out)
	}
	return examples + "/typescript/dist"
}

var compile = sync.OnceValues(func() ([]byte, error) {
	return exec.Command("node", examples+"/typescript/node_modules/typescript/bin/tsc", "-p", examples+"/typescript").CombinedOutput()
})

// sluis builds the command.
func sluis(t *testing.T) string {
	t.Helper()
	out, err := build()
	if err != nil {
		t.Fatalf("building the command: %v\n%s", err, out)
	}
	return filepath.Join(buildDir, "sluis")
}

var build = sync.OnceValues(func() ([]byte, error) {
	return exec.Command("go", "build", "-o", filepath.Join(buildDir, "sluis"), "../../cmd/sluis").CombinedOutput()
})

// ageCommand gives the path of the age command that the tools module pins: the one that a distribution has may know no post-quantum keys.
var ageCommand = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "tool", "-n", "-modfile=../tools/go.mod", "age").Output()
	return strings.TrimSpace(string(out)), err
})

var buildDir string

func TestMain(m *testing.M) {
	var err error
	if buildDir, err = os.MkdirTemp("", "outsider"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(buildDir)
	os.Exit(code)
}

// secrets must not be in what a program prints: of the person in opdracht.json, or of a key or token.
var secrets = []string{"Zoë", "999990019", "buitengesloten", "eyJ", "AGE-SECRET", "age1pq"}

// run runs a program as anybody would. Whatever happens, it prints nothing secret and leaves no temporary files.
func run(t *testing.T, args []string, env ...string) (stdout, stderr string, ok bool) {
	t.Helper()
	path, err := ageCommand()
	check(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	temporary := t.TempDir()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "AGE="+path, "TMPDIR="+temporary)
	cmd.Env = append(cmd.Env, env...) // the last of a name counts
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	for _, secret := range secrets {
		if strings.Contains(out.String()+errs.String(), secret) {
			t.Errorf("%s prints %q", args[0], secret)
		}
	}
	if left, _ := os.ReadDir(temporary); len(left) > 0 {
		t.Errorf("%s leaves %d files in the temporary folder", args[0], len(left))
	}
	return out.String(), errs.String(), err == nil
}

var messageID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)

// region starts a region in which the profiles of both sides also hold the card key of their own party, which the examples ask for.
func region(t *testing.T) (*gatewaytest.Region, *between) {
	t.Helper()
	b := &between{t: t}
	r := gatewaytest.Start(t, b.option())
	for _, who := range []string{"school/vc-1", "politie/wa-7"} {
		p := r.Person(who)
		key := digest.Of(p.Party.Signer.Chain[0].RawSubjectPublicKeyInfo)
		check(t, os.WriteFile(filepath.Join(p.Profile, "kaartsleutel"), []byte(key.String()+"\n"), 0o600))
	}
	return r, b
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
