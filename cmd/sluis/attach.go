package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// readAttachments reads files given as FILE:categorie[,categorie], with all faults at once. What a file holds is the sender's word;
// it must be in declared (--gegevens) too, so that nobody shares a photo of which the decision does not know. A fault names a file by
// its number: its name may be that of a person.
func readAttachments(cmd *cobra.Command, flags []string, declared []vocabulary.Category) ([]message.Attachment, error) {
	var faults fault.List
	var paths []string
	var list []message.Attachment
	var total int64
	for i, text := range flags {
		place := fmt.Sprintf("bijlage %d", i+1)
		cut := strings.LastIndexByte(text, ':') // the last: C:\brief.pdf has one of its own
		if cut <= 0 || cut == len(text)-1 {
			return nil, usageError{fmt.Errorf("%s: schrijf het bestand en wat erin staat, zoals --bijlage brief.pdf:signaal,incident", place)}
		}
		path := text[:cut]
		a := message.Attachment{Name: filepath.Base(path)}
		var ok bool
		if a.Type, ok = message.AttachmentType(a.Name); !ok {
			faults.Add(place, "zo'n bestand mag niet mee; het kan met %s", strings.Join(message.AttachmentExtensions(), " "))
		}
		for _, category := range strings.Split(text[cut+1:], ",") {
			a.Categories = append(a.Categories, vocabulary.Category(strings.TrimSpace(category)))
		}
		for _, category := range a.Categories {
			if !slices.Contains(declared, category) {
				faults.Add(place, "volgens u staat hier %s in, en dat staat niet bij --gegevens; zet het daar ook bij", category)
			}
		}
		if info, err := os.Stat(path); err == nil {
			total += info.Size()
		}
		list, paths = append(list, a), append(paths, path)
	}
	if total > message.MaxAttachments {
		faults.Add("bijlagen", "zijn samen te groot: hoogstens %d MiB", message.MaxAttachments>>20)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	for i, path := range paths {
		var err error
		if list[i].Content, err = readLimited(cmd, path, message.MaxAttachments); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// emptyFolder makes sure that attachments can be kept in a folder, before a message is opened: one that is not there yet, or
// that holds nothing.
func emptyFolder(path string) error {
	if err := os.Mkdir(path, 0o700); err == nil || !os.IsExist(err) {
		return err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("de map %s is niet leeg; kies een nieuwe map, zodat er niets wordt overschreven", path)
	}
	return nil
}

// keepAttachments writes attachments into a folder that emptyFolder made, each for its owner alone. Their names were written by
// somebody else: os.Root lets none of them lead out of the folder, and none replaces what is there.
func keepAttachments(folder string, list []message.Attachment) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	for i, a := range list {
		f, err := root.OpenFile(a.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			_, err = f.Write(a.Content)
			if err == nil {
				err = f.Sync() // confirming erases it at the gateway
			}
			if closing := f.Close(); err == nil {
				err = closing
			}
		}
		if err != nil {
			// The name in err was written by somebody else, and may be that of a person.
			return fmt.Errorf("bijlage %d van %d is niet te bewaren in de map: die naam kan daar niet, of de schijf is vol. De ontvangst is niet bevestigd", i+1, len(list))
		}
	}
	return nil
}
