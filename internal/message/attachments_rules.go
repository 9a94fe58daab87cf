package message

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// attachmentKind is a kind of file that may go along. The list is closed, and nothing on it is made to run: no HTML, no SVG, no
// documents with macros, no archives. It does not take the place of a virus scanner, which only the recipient can have: Sluis
// cannot read what passes.
type attachmentKind struct {
	mediaType  string
	extensions []string
	image      bool // shows people: the category beeldmateriaal goes with it
	begins     func(content []byte) bool
}

var attachmentKinds = []attachmentKind{
	{"application/pdf", []string{".pdf"}, false, prefix("%PDF-")},
	{"application/vnd.oasis.opendocument.text", []string{".odt"}, false, isODT},
	{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", []string{".docx"}, false, isDOCX},
	{"image/jpeg", []string{".jpg", ".jpeg"}, true, prefix("\xff\xd8\xff")},
	{"image/png", []string{".png"}, true, prefix("\x89PNG\r\n\x1a\n")},
	{"text/plain", []string{".txt"}, false, isText},
	{"video/mp4", []string{".mp4"}, true, isMP4},
}

func prefix(p string) func([]byte) bool {
	return func(content []byte) bool { return bytes.HasPrefix(content, []byte(p)) }
}

// isODT: "the mimetype file shall be the first file of the zip file, shall not be compressed" (OpenDocument 1.2, part 3, section 3.3),
// so that its content stands at a fixed place.
func isODT(content []byte) bool {
	const at, want = 30, "mimetype" + "application/vnd.oasis.opendocument.text"
	return prefix(zipEntry)(content) && len(content) > at && prefix(want)(content[at:])
}

// isDOCX: a package of Office Open XML with a document in it, and no macros. The names of the files in a zip stand in clear.
func isDOCX(content []byte) bool {
	has := func(name string) bool { return bytes.Contains(content, []byte(name)) }
	return prefix(zipEntry)(content) && has("[Content_Types].xml") && has("word/document.xml") && !has("vbaProject.bin")
}

// isMP4: a file begins with its file type box, which has its own length in front (ISO/IEC 14496-12, section 4.3).
func isMP4(content []byte) bool {
	const smallest = 16
	if len(content) < smallest || string(content[4:8]) != "ftyp" {
		return false
	}
	box := binary.BigEndian.Uint32(content)
	return box >= smallest && int64(box) <= int64(len(content))
}

const zipEntry = "PK\x03\x04" // how a zip file begins

func isText(content []byte) bool { return utf8.Valid(content) && bytes.IndexByte(content, 0) < 0 }

// imageCategory goes with every picture and film: they may show anyone, and a convenant that does not name it means no pictures.
// A scanned letter is sent as PDF.
const imageCategory vocabulary.Category = "beeldmateriaal"

// AttachmentType gives the media type that belongs to the name of a file; ok is false when such files cannot go along.
func AttachmentType(name string) (mediaType string, ok bool) {
	extension := strings.ToLower(path.Ext(name))
	for _, k := range attachmentKinds {
		if slices.Contains(k.extensions, extension) {
			return k.mediaType, true
		}
	}
	return "", false
}

// AttachmentExtensions gives the extensions of files that can go along, sorted, each with its dot.
func AttachmentExtensions() []string {
	var all []string
	for _, k := range attachmentKinds {
		all = append(all, k.extensions...)
	}
	slices.Sort(all)
	return all
}

// checkAttachments notes every fault of a list.
func checkAttachments(list []Attachment, faults *fault.List) {
	if len(list) > maxAttachmentCount {
		faults.Add(attachmentsName, "heeft te veel regels: hoogstens %d", maxAttachmentCount)
		return
	}
	total, seen := 0, map[string]bool{}
	for i, a := range list {
		place := attachmentsName + "[" + strconv.Itoa(i) + "]"
		total += len(a.Content)
		checkName(a.Name, place+".naam", faults)
		if one := sameFile(a.Name); seen[one] {
			faults.Add(place+".naam", "is de naam van een eerdere bijlage: geef elk bestand een eigen naam")
		} else {
			seen[one] = true
		}
		a.checkType(place, faults)
		a.checkCategories(place+".gegevens", faults)
	}
	if total > MaxAttachments {
		faults.Add(attachmentsName, "zijn samen te groot: hoogstens %d MiB; stuur minder bestanden, of kleinere", MaxAttachments>>20)
	}
}

// checkType: name, type and content must tell one story, or a program comes in dressed as a letter.
func (a Attachment) checkType(place string, faults *fault.List) {
	at := slices.IndexFunc(attachmentKinds, func(k attachmentKind) bool { return k.mediaType == a.Type })
	if at < 0 {
		faults.Add(place+".type", "mag niet mee als bijlage: kies een bestand van een van deze soorten: %s", strings.Join(AttachmentExtensions(), " "))
		return
	}
	k := attachmentKinds[at]
	if !slices.Contains(k.extensions, strings.ToLower(path.Ext(a.Name))) {
		faults.Add(place+".naam", "past niet bij het type: de naam moet eindigen op %s", strings.Join(k.extensions, " of "))
	}
	switch {
	case len(a.Content) == 0:
		faults.Add(place+"."+contentName, "is leeg")
	case !k.begins(a.Content):
		faults.Add(place+"."+contentName, "is geen bestand van het type %s: sla het opnieuw op in die vorm", k.mediaType)
	}
	if k.image && !slices.Contains(a.Categories, imageCategory) {
		faults.Add(place+".gegevens", "mist %s: dat hoort bij elke foto en film", imageCategory)
	}
}

func (a Attachment) checkCategories(place string, faults *fault.List) {
	if len(a.Categories) == 0 {
		faults.Add(place, "heeft te weinig regels: minstens 1")
	}
	for i, category := range a.Categories {
		at := place + "[" + strconv.Itoa(i) + "]"
		if !vocabulary.Default().HasCategory(category) {
			faults.Add(at, "is geen gegevenscategorie")
		}
		if slices.Contains(a.Categories[:i], category) {
			faults.Add(at, "staat er meer dan één keer")
		}
	}
}
