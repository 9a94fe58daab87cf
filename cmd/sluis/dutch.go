package main

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// The libraries for commands and files speak English, and the people who read this do not have to. This file says what they say in
// Dutch.

// flagsInError finds the name of a flag in what the library for flags says.
var flagsInError = regexp.MustCompile(`"(?:-\w, )?(--[a-z0-9-]+)" flag`)

// flagError says what is wrong with a flag. The value that was given is not repeated.
func flagError(cmd *cobra.Command, err error) error {
	var named interface{ GetSpecifiedName() string }
	var valued interface{ GetValue() string }
	look := fmt.Sprintf(" (zie: %s --help)", cmd.CommandPath())
	switch {
	case errors.As(err, &valued):
		name := "een vlag"
		if found := flagsInError.FindStringSubmatch(err.Error()); found != nil {
			name = found[1]
		}
		return usageError{errors.New("bij " + name + " hoort een andere waarde, bijvoorbeeld een getal" + look)}
	case errors.As(err, &named) && strings.HasPrefix(err.Error(), "flag needs"):
		return usageError{errors.New("bij --" + named.GetSpecifiedName() + " ontbreekt de waarde" + look)}
	case errors.As(err, &named):
		return usageError{errors.New(cmd.CommandPath() + " kent de vlag " + dashed(named.GetSpecifiedName()) + " niet" + look)}
	}
	return usageError{errors.New("een vlag is niet goed geschreven" + look)}
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// noArgs wants flags alone.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("%[1]s kent alleen vlaggen (--naam waarde), en er staat een los woord bij; gebruik aanhalingstekens om een waarde met spaties (zie: %[1]s --help)", cmd.CommandPath())}
}

// fileError says in Dutch what is wrong with a file or folder that somebody named; it gives any other error as it is.
func fileError(err error) error {
	var path *fs.PathError
	var usage usageError
	if !errors.As(err, &path) || errors.As(err, &usage) {
		return err
	}
	switch {
	case errors.Is(path.Err, fs.ErrNotExist) && (path.Op == "mkdir" || strings.HasPrefix(err.Error(), cannotMake)):
		return fmt.Errorf("%s is niet te maken: de map waarin het moet komen, bestaat niet", path.Path)
	case errors.Is(path.Err, fs.ErrNotExist):
		return fmt.Errorf("%s bestaat niet; controleer de naam", path.Path)
	case errors.Is(path.Err, fs.ErrPermission):
		return fmt.Errorf("u hebt geen rechten op %s; vraag de beheerder van deze computer", path.Path)
	case errors.Is(path.Err, syscall.EISDIR):
		return fmt.Errorf("%s is een map; geef een bestand", path.Path)
	case errors.Is(path.Err, syscall.ENOTDIR):
		return fmt.Errorf("%s is een bestand, of ligt in iets dat geen map is; geef een map", path.Path)
	case errors.Is(path.Err, syscall.ENOSPC):
		return fmt.Errorf("%s is niet te schrijven: de schijf is vol", path.Path)
	}
	return fmt.Errorf("%s is niet te lezen of te schrijven", path.Path)
}

// cannotMake begins what createFile says when it cannot.
const cannotMake = "kan het bestand niet maken"

// helpTemplate is cobra's, in Dutch.
const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`

const usageTemplate = `Gebruik:{{if .HasAvailableSubCommands}}
  {{.CommandPath}} OPDRACHT{{else}}
  {{dutch .UseLine}}{{end}}{{if .HasExample}}

Voorbeeld:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Opdrachten:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Vlaggen:
{{dutch .LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

Uitleg bij een opdracht: {{.CommandPath}} OPDRACHT --help{{end}}
`

// flagTypes finds the type that the library puts behind the name of a flag.
var flagTypes = regexp.MustCompile(`(?m)^(\s+(?:-\w, )?--[a-z0-9-]+) (stringArray|strings|string|int)\b`)

func inDutch(text string) string {
	text = strings.NewReplacer("(default ", "(standaard ", "[flags]", "[vlaggen]").Replace(text)
	return flagTypes.ReplaceAllStringFunc(text, func(found string) string {
		cut := strings.LastIndexByte(found, ' ')
		word := "TEKST"
		if found[cut+1:] == "int" {
			word = "N"
		}
		return found[:cut+1] + word + strings.Repeat(" ", max(0, len(found)-cut-1-len(word)))
	})
}

// speakDutch sets everything on the root that commands take over from it.
func speakDutch(root *cobra.Command) {
	cobra.AddTemplateFunc("dutch", inDutch)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(usageTemplate)
	root.PersistentFlags().BoolP("help", "h", false, "deze uitleg")
	root.SetHelpCommand(&cobra.Command{
		Use: "help OPDRACHT", Short: "Uitleg bij een opdracht", Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{errors.New("deze opdracht is er niet (zie: sluis --help)")}
			}
			return about.Help()
		},
	})
}
