package daykey

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// childFolder names, to a child of this test, the folder that it shares.
const childFolder = "SLUIS_DAYKEY_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := child(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child makes the keys of many days, tells them, and destroys every third: what each of some processes does at the same time.
func child(dir string) error {
	f, err := Open(dir)
	if err != nil {
		return err
	}
	for i, day := range days(30) {
		key, err := f.Get(day, true)
		if errors.Is(err, relay.ErrKeyGone) && i%3 == 0 {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Printf("%s %x\n", day, key)
		if i%3 == 0 {
			if err := f.Destroy(day); err != nil {
				return err
			}
		}
	}
	_, err = f.Days()
	return err
}

// TestProcessesShareAFolder: every process got the same key of a day, or none; and what one of them destroyed is gone.
func TestProcessesShareAFolder(t *testing.T) {
	dir := t.TempDir()
	outputs := make([][]byte, 4)
	var all sync.WaitGroup
	for i := range outputs {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childFolder+"="+dir)
		all.Go(func() {
			var err error
			if outputs[i], err = cmd.CombinedOutput(); err != nil {
				t.Errorf("a process: %v: %s", err, outputs[i])
			}
		})
	}
	all.Wait()
	keys, f := map[string]string{}, open(t, dir)
	for _, line := range bytes.Split(bytes.TrimSpace(bytes.Join(outputs, nil)), []byte("\n")) {
		day, key, _ := bytes.Cut(line, []byte(" "))
		if known, ok := keys[string(day)]; ok && known != string(key) {
			t.Errorf("%s has two keys", day)
		}
		keys[string(day)] = string(key)
	}
	for i, day := range days(30) {
		key, err := f.Get(day, false)
		if i%3 == 0 && !errors.Is(err, relay.ErrKeyGone) || i%3 != 0 && fmt.Sprintf("%x", key) != keys[day] {
			t.Errorf("%s: %d bytes, %v", day, len(key), err)
		}
	}
}
