package client_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// hangs stands between a client and its gateway and never lets an answer to a send come back; before is whether the gateway gets
// to see it.
type hangs struct {
	base   http.RoundTripper
	before bool
}

func (h hangs) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPost {
		return h.base.RoundTrip(r)
	}
	if !h.before {
		if _, err := h.base.RoundTrip(r); err != nil {
			return nil, err
		}
	}
	fmt.Println("handed over")
	select {}
}

// TestKilledWhileSending kills a process that sends, before and after the gateway took the message. Sent again, it is there once.
func TestKilledWhileSending(t *testing.T) {
	if profile := os.Getenv("SLUIS_TEST_KILLED"); profile != "" {
		sendAndHang(t, profile)
		return
	}
	r := gatewaytest.Start(t)
	for name, before := range map[string]bool{"before it arrived": true, "after it arrived": false} {
		t.Run(name, func(t *testing.T) {
			who := r.Person("school/vc-1")
			draft, err := json.Marshal(crisis(r))
			check(t, err)
			child := exec.Command(os.Args[0], "-test.run=^TestKilledWhileSending$")
			child.Env = append(os.Environ(), "SLUIS_TEST_KILLED="+who.Profile, "SLUIS_TEST_DRAFT="+string(draft), fmt.Sprintf("SLUIS_TEST_BEFORE=%v", before))
			out, err := child.StdoutPipe()
			check(t, err)
			check(t, child.Start())
			for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "handed over"; {
			}
			check(t, child.Process.Kill())
			_ = child.Wait() // it was killed

			school := (&between{}).client(t, who)
			nothingReadable(t, who.Profile)
			waiting, err := school.Pending()
			check(t, err)
			if len(waiting) != 1 || waiting[0].Kind != "crisismelding" || time.Since(waiting[0].Time) > time.Minute {
				t.Fatalf("what waits: %+v", waiting)
			}
			sent, err := school.Resume(t.Context(), waiting[0].ID)
			check(t, err)
			if left, err := school.Pending(); err != nil || len(left) != 0 {
				t.Errorf("it still waits: %v, %v", left, err)
			}
			times := 0
			for e, err := range school.Entries(t.Context(), client.Query{Sent: true}) {
				check(t, err)
				if e.ID == sent.ID {
					times++
				}
			}
			if times != 1 {
				t.Errorf("it is there %d times", times)
			}
			_, err = (&between{}).client(t, r.Person("politie/wa-7")).Receive(t.Context(), sent.ID)
			check(t, err)
		})
	}
}

// sendAndHang is the process that is killed.
func sendAndHang(t *testing.T, profile string) {
	p, err := client.LoadProfile(profile)
	check(t, err)
	c, err := client.New(p, client.WithTransport(func(base http.RoundTripper) http.RoundTripper {
		return hangs{base, os.Getenv("SLUIS_TEST_BEFORE") == "true"}
	}))
	check(t, err)
	var d client.Draft
	check(t, json.Unmarshal([]byte(os.Getenv("SLUIS_TEST_DRAFT")), &d))
	_, err = c.Send(t.Context(), d)
	t.Fatalf("it came back: %v", err)
}

// nothingReadable fails when a word of the message stands in the profile, or when others may look at what waits there.
func nothingReadable(t *testing.T, profile string) {
	t.Helper()
	files := 0
	check(t, filepath.WalkDir(filepath.Join(profile, "onderweg"), func(path string, d fs.DirEntry, err error) error {
		check(t, err)
		info, err := d.Info()
		check(t, err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may look at %s: %v", path, info.Mode())
		}
		if d.IsDir() {
			return nil
		}
		files++
		data, err := os.ReadFile(path)
		check(t, err)
		for _, word := range []string{"Noor", "mes", "kantine", "ouders"} {
			if strings.Contains(string(data), word) {
				t.Errorf("%q stands in %s", word, path)
			}
		}
		return nil
	}))
	if files != 3 {
		t.Errorf("%d files wait, want envelope, motivation and payload", files)
	}
}

// breaks lets the gateway take a send and loses its answer.
type breaks struct{ base http.RoundTripper }

func (b breaks) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.base.RoundTrip(r)
	if err == nil && r.Method == http.MethodPost {
		resp.Body.Close()
		return nil, io.ErrUnexpectedEOF
	}
	return resp, err
}

// through opens a profile through any transport.
func through(t *testing.T, who *gatewaytest.Person, around func(http.RoundTripper) http.RoundTripper) *client.Client {
	t.Helper()
	p, err := client.LoadProfile(who.Profile)
	check(t, err)
	c, err := client.New(p, client.WithTransport(around))
	check(t, err)
	t.Cleanup(c.Close)
	return c
}

// TestWhatTheGatewayRefusedWaitsNoMore: after a no for good there is nothing to send again; after a broken connection there is.
func TestWhatTheGatewayRefusedWaitsNoMore(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	low, d := 1, signal(r, aboutNoor)
	d.Phase = &low
	var no *client.Problem
	if _, err := school.Send(t.Context(), d); !errors.As(err, &no) {
		t.Fatalf("want a no: %v", err)
	}
	if left, err := school.Pending(); err != nil || len(left) != 0 {
		t.Errorf("what was refused still waits: %v, %v", left, err)
	}
	var gone *client.UnreachableError
	if _, err := through(t, r.Person("school/vc-1"), func(base http.RoundTripper) http.RoundTripper { return breaks{base} }).Send(t.Context(), signal(r, aboutNoor)); !errors.As(err, &gone) {
		t.Fatalf("want no answer: %v", err)
	}
	left, err := school.Pending()
	check(t, err)
	if len(left) != 1 {
		t.Fatalf("what waits: %v", left)
	}
	folder := filepath.Join(r.Person("school/vc-1").Profile, "onderweg", left[0].ID)
	t.Run("damaged", func(t *testing.T) {
		b := &between{}
		school := b.client(t, r.Person("school/vc-1"))
		file := filepath.Join(folder, "lading")
		whole, err := os.ReadFile(file)
		check(t, err)
		defer func() { check(t, os.WriteFile(file, whole, 0o600)) }()
		for _, spoilt := range [][]byte{whole[:len(whole)-1], append([]byte("x"), whole...), nil} {
			check(t, os.WriteFile(file, spoilt, 0o600))
			var faults fault.List
			if _, err := school.Resume(t.Context(), left[0].ID); !errors.As(err, &faults) || !strings.Contains(err.Error(), "beschadigd") {
				t.Errorf("want a fault, got %v", err)
			}
		}
		for _, id := range []string{"..", "../../kaarten", message.NewID()} {
			if _, err := school.Resume(t.Context(), id); err == nil {
				t.Errorf("sent %q again", id)
			}
		}
		b.nothingPosted(t)
	})
	_, err = school.Resume(t.Context(), left[0].ID)
	check(t, err)
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something of it is left: %v", err)
	}
}
