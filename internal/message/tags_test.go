package message_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

const messageID = "01937a1c-5b00-7c3d-9a4e-2f6b8c1d0e5f"

// TestTagsAreAsTheWireSays computes the HMAC from the words of WIRE ("Tags").
func TestTagsAreAsTheWireSays(t *testing.T) {
	key := message.NewSearchKey()
	want := func(text string) string {
		mac := hmac.New(sha256.New, key[:])
		mac.Write([]byte(text))
		return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
	}
	bsn, err := key.TagBSN(messageID, "999990019")
	if err != nil || bsn != want(messageID+"\x00bsn\x00999990019") {
		t.Errorf("tag of a bsn: %v", err)
	}
	name, err := key.TagName(messageID, "Zoë van den Bérg-d'Ancona", "2013-04-17")
	if err != nil || name != want(messageID+"\x00naam\x00zoevandenbergdancona\x002013-04-17") {
		t.Errorf("tag of a name: %v", err)
	}
}

func TestOneNameHoweverTyped(t *testing.T) {
	key := message.NewSearchKey()
	first := ""
	for _, name := range []string{"José de Wít", "Jose\u0301 de Wi\u0301t", "  JOSÉ DE WÍT ", "josé-de-wít", "ＪＯＳＥ de wit", "Jose de Wit"} {
		tag, err := key.TagName(messageID, name, "2009-02-03")
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = tag
		}
		if tag != first {
			t.Errorf("%q gives another tag", name)
		}
	}
	other, err := key.TagName(messageID, "Jose de Wit", "2009-02-04")
	if err != nil || other == first {
		t.Error("another day of birth gives the same tag")
	}
}

func TestTagFaults(t *testing.T) {
	key := message.NewSearchKey()
	for name, try := range map[string]func() (string, error){
		"elfproef":   func() (string, error) { return key.TagBSN(messageID, "123456789") },
		"eight":      func() (string, error) { return key.TagBSN(messageID, "99990019") },
		"zeroes":     func() (string, error) { return key.TagBSN(messageID, "000000000") },
		"letters":    func() (string, error) { return key.TagBSN(messageID, "99999001x") },
		"no letters": func() (string, error) { return key.TagName(messageID, "李明", "2009-02-03") },
		"no date":    func() (string, error) { return key.TagName(messageID, "Noor", "3-2-2009") },
		"no id":      func() (string, error) { return key.TagBSN("x", "999990019") },
	} {
		tag, err := try()
		if tag != "" || !errors.As(err, new(fault.List)) {
			t.Errorf("%s: got %q, %v, want a fault.List", name, tag, err)
		}
	}
}

// TestElfproefCatchesSlips: one digit wrong, or two neighbours swapped, is never another person's number.
func TestElfproefCatchesSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := []byte("999990019")
		i := rapid.IntRange(0, 8).Draw(t, "at")
		digits[i] = byte(rapid.IntRange('0', '9').Draw(t, "digit"))
		if got := string(digits); message.ValidBSN(got) != (got == "999990019") {
			t.Fatalf("%s", got)
		}
		swapped := []byte("111222333")
		j := rapid.IntRange(0, 7).Draw(t, "swap")
		swapped[j], swapped[j+1] = swapped[j+1], swapped[j]
		if got := string(swapped); message.ValidBSN(got) != (got == "111222333") {
			t.Fatalf("%s", got)
		}
	})
}

func TestSearchKeyIsReadAndHidden(t *testing.T) {
	key := message.NewSearchKey()
	text := key.String()
	back, err := message.ParseSearchKey(text)
	if err != nil || back != key {
		t.Fatalf("the key changed on its way: %v", err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("sleutel", "zoeksleutel", key)
	for _, shown := range []string{fmt.Sprint(key), fmt.Sprintf("%v %s %x %#v %d", key, key, key, key, key), log.String()} {
		if strings.Contains(shown, text) || strings.Contains(shown, fmt.Sprintf("%x", key[:])) {
			t.Errorf("the search key shows: %s", shown)
		}
	}
	for _, wrong := range []string{"", "x", text + "A", text[:42], text[:42] + "=", strings.Repeat("A", 42) + "B"} {
		if _, err := message.ParseSearchKey(wrong); !errors.As(err, new(fault.List)) {
			t.Errorf("a key of %d characters: got %v, want a fault.List", len(wrong), err)
		}
	}
	if message.NewSearchKey() == key {
		t.Error("two keys are the same")
	}
}

func TestTagsOfTwoMessagesHaveNothingInCommon(t *testing.T) {
	key := message.NewSearchKey()
	one, err := key.TagBSN(message.NewID(), "999990019")
	if err != nil {
		t.Fatal(err)
	}
	two, err := key.TagBSN(message.NewID(), "999990019")
	if err != nil || one == two {
		t.Error("two messages about one person can be linked")
	}
}
