package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/reference"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func newKindCommand() *cobra.Command {
	var example, schema bool
	var folder string
	cmd := &cobra.Command{
		Use:   "kind [SOORT]",
		Short: "De soorten berichten: waarvoor ze zijn en wat u invult",
		Long: "Toont alle soorten berichten, of van één soort de regels, de velden en een voorbeeld. Met --voorbeeld krijgt u alleen het\n" +
			"voorbeeld: een bestand om mee te beginnen.",
		Example: "  sluis kind\n  sluis kind signaal\n  sluis kind signaal --voorbeeld > signaal.json",
		Args: func(_ *cobra.Command, args []string) error {
			one := len(args) == 1 && folder == ""
			switch {
			case len(args) > 1:
				return usageError{errors.New("sluis kind toont één soort tegelijk (zie: sluis kind --help)")}
			case example && schema:
				return usageError{errors.New("kies --voorbeeld of --schema, niet allebei")}
			case (example || schema) && !one:
				return usageError{errors.New("noem de soort erbij, zoals: sluis kind signaal --voorbeeld")}
			case folder != "" && len(args) > 0:
				return usageError{errors.New("met --map schrijft sluis alle soorten: laat de soort weg")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			schemas, out := message.DefaultSchemas(), cmd.OutOrStdout()
			if folder != "" {
				return writePages(schemas, folder)
			}
			if len(args) == 0 {
				return listKinds(schemas, out)
			}
			kind := vocabulary.Kind(args[0])
			raw, ok := schemas.Raw(kind)
			if !ok {
				return usageError{errors.New("deze soort is er niet; alle soorten ziet u met: sluis kind")}
			}
			var text []byte
			var err error
			switch {
			case schema:
				text = raw
			case example:
				text, err = reference.Example(schemas, kind)
			default:
				var page string
				page, err = reference.Page(schemas, vocabulary.Default(), kind)
				text = []byte(page)
			}
			if err != nil {
				return err
			}
			_, err = out.Write(text)
			return err
		},
	}
	cmd.Flags().BoolVar(&example, "voorbeeld", false, "alleen het voorbeeld, als JSON")
	cmd.Flags().BoolVar(&schema, "schema", false, "alleen de JSON Schema van de inhoud")
	cmd.Flags().StringVar(&folder, "map", "", "schrijf de bladzijden van alle soorten in deze map")
	return cmd
}

// listKinds prints each kind with what it is for.
func listKinds(schemas *message.Schemas, out io.Writer) error {
	lines, err := reference.Lines(schemas)
	if err != nil {
		return err
	}
	width := 0
	for _, l := range lines {
		width = max(width, len(l.Kind))
	}
	for _, l := range lines {
		first, _, _ := strings.Cut(l.Text, ". ")
		if _, err := fmt.Fprintf(out, "%-*s  %s.\n", width, l.Kind, strings.TrimSuffix(first, ".")); err != nil {
			return err
		}
	}
	return nil
}

// writePages writes docs/berichten.
func writePages(schemas *message.Schemas, folder string) error {
	index, err := reference.Index(schemas)
	if err != nil {
		return err
	}
	pages := map[string]string{"README.md": index}
	for _, kind := range schemas.Kinds() {
		if pages[string(kind)+".md"], err = reference.Page(schemas, vocabulary.Default(), kind); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { // documentation: nothing in it is secret
		return err
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
