package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestBeginnersFindTheKinds: what to fill in is the first thing that somebody asks who wants to send a message.
func TestBeginnersFindTheKinds(t *testing.T) {
	for document, link := range map[string]string{"../../README.md": "](docs/berichten/README.md)", "../../docs/aan-de-slag.md": "](berichten/README.md)"} {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), link) {
			t.Errorf("%s does not lead to the kinds of messages: %s", document, link)
		}
	}
}

// TestDocumentsNameFilesThatExist: a link in README, docs, certs and deploy leads to a file of this repository.
func TestDocumentsNameFilesThatExist(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)
	checked := 0
	for _, document := range documents(t) {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(filepath.Dir(document), found[1])); err != nil {
				t.Errorf("%s: there is no %s", document, found[1])
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d links found in the documents", checked)
	}
}
