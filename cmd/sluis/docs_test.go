package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocumentedCommandsExist: each `sluis …` in a code block of README, docs, certs and deploy names a command that there is, with
// flags that it has.
func TestDocumentedCommandsExist(t *testing.T) {
	checked := 0
	for _, document := range documents(t) {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, command := range commandsIn(string(text)) {
			checked++
			args := strings.Fields(command)[1:]
			cmd, rest, err := newRoot().Find(args)
			if err == nil {
				err = cmd.ParseFlags(rest)
			}
			help := err != nil && strings.Contains(err.Error(), "help requested") // which is no fault
			if err != nil && !help {
				t.Errorf("%s: %s: %v", document, command, err)
			}
			if err == nil && cmd.HasSubCommands() {
				t.Errorf("%s: %s: not a whole command", document, command)
			}
		}
	}
	if checked < 8 {
		t.Errorf("only %d commands found in the documents", checked)
	}
}

func documents(t *testing.T) []string {
	t.Helper()
	all := []string{"../../README.md"}
	for _, root := range []string{"../../docs", "../../certs", "../../deploy"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.Name() == "node_modules" {
				return fs.SkipDir // what others wrote
			}
			if filepath.Ext(path) == ".md" {
				all = append(all, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// commandsIn gives the lines of code blocks that call sluis, continued lines joined, comments and the pipe's other side left out.
func commandsIn(text string) []string {
	var all []string
	block, line := false, ""
	for raw := range strings.Lines(text) {
		raw = strings.TrimSpace(raw)
		if strings.HasPrefix(raw, "```") {
			block = !block
			continue
		}
		if !block {
			continue
		}
		part, continued := strings.CutSuffix(raw, "\\")
		line += part
		if continued {
			continue
		}
		command, _, _ := strings.Cut(line, " #")
		command, _, _ = strings.Cut(command, " | ")
		command, _, _ = strings.Cut(command, " > ")
		if strings.HasPrefix(command, "sluis ") {
			all = append(all, command)
		}
		line = ""
	}
	return all
}
