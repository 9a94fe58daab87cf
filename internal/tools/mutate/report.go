package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// report tells what the tests noticed, in Markdown.
type report struct {
	folder  string
	day     time.Time
	took    time.Duration
	results []result
}

func (r report) survivors() []result {
	return slices.DeleteFunc(slices.Clone(r.results), func(r result) bool { return !r.survived() })
}

// count is a line of a table.
type count struct {
	name                      string
	all, noticed, unbuilt, no int
}

func (c *count) add(r result) {
	c.all++
	switch {
	case !r.built:
		c.unbuilt++
	case r.survived():
		c.no++
	default:
		c.noticed++
	}
}

func (c count) row() string {
	return fmt.Sprintf("| %s | %d | %d | %d | %d |\n", c.name, c.all, c.noticed, c.unbuilt, c.no)
}

// by counts the results by something of them.
func (r report) by(name func(result) string) []count {
	counts := map[string]*count{}
	for _, one := range r.results {
		c := counts[name(one)]
		if c == nil {
			c = &count{name: name(one)}
			counts[c.name] = c
		}
		c.add(one)
	}
	var all []count
	for _, c := range counts {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b count) int { return cmp.Compare(a.name, b.name) })
	return all
}

func (r report) summary() string {
	total := count{name: "all"}
	for _, one := range r.results {
		total.add(one)
	}
	out := fmt.Sprintf("%d mutants in %s: %d noticed by a test, %d do not compile, %d survived\n", total.all, r.took.Round(time.Second),
		total.noticed, total.unbuilt, total.no)
	for _, s := range r.survivors() {
		out += fmt.Sprintf("%s:%d: %s\n", s.file, s.line, s.what)
	}
	return out
}

func (r report) document() string {
	var out strings.Builder
	fmt.Fprintf(&out, `# Would the tests notice?

`+"`make mutate`"+` spoils the rules in %s in one place at a time, and runs the tests beside them on each. A rule that is spoilt and still
passes all tests holds nothing. This document is written by that command.

%s, in %s: `, "`"+r.folder+"/`", r.day.Format(time.DateOnly), r.took.Round(time.Second))
	summary, rest, _ := strings.Cut(r.summary(), "\n")
	_, figures, _ := strings.Cut(summary, ": ")
	fmt.Fprintf(&out, "%d mutants, %s.\n\n", len(r.results), figures)
	if rest == "" {
		out.WriteString("No mutant survived.\n\n")
	} else {
		fmt.Fprintf(&out, "Survivors:\n\n```\n%s```\n\n", rest)
	}
	head := "| %s | mutants | noticed | do not compile | survived |\n|---|---|---|---|---|\n"
	fmt.Fprintf(&out, head, "what")
	for _, c := range r.by(func(r result) string { return r.what }) {
		out.WriteString(c.row())
	}
	out.WriteString("\n")
	fmt.Fprintf(&out, head, "file")
	for _, c := range r.by(func(r result) string { return "`" + r.file + "`" }) {
		out.WriteString(c.row())
	}
	return out.String()
}
