package texts

import (
	"go/ast"
	"go/doc/comment"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// remark is a doc comment of an exported name.
type remark struct {
	file, name, text string
}

// remarks are the doc comments of all exported names, fields among them, and of
// the package. A text is empty where there is no comment.
func (p *pkg) remarks() (found []remark) {
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		file := p.files[name]
		add := func(of string, docs ...*ast.CommentGroup) {
			var text strings.Builder
			for _, doc := range docs {
				text.WriteString(doc.Text())
			}
			found = append(found, remark{name, of, text.String()})
		}
		if file.Doc != nil {
			add("package "+p.name, file.Doc)
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				of := decl.Name.Name
				if decl.Recv != nil {
					of = typeName(decl.Recv.List[0].Type) + "." + of
				}
				if isExported(of) {
					add(of, decl.Doc)
				}
			case *ast.GenDecl:
				addSpecs(decl, add)
			}
		}
	}
	return found
}

// addSpecs adds what a declaration of constants, variables or types exports.
// The comment of a group stands for each in it, where they are of one kind.
func addSpecs(decl *ast.GenDecl, add func(of string, docs ...*ast.CommentGroup)) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() {
					add(name.Name, spec.Doc, spec.Comment, ifConstants(decl))
				}
			}
		case *ast.TypeSpec:
			if !spec.Name.IsExported() {
				continue
			}
			add(spec.Name.Name, spec.Doc, decl.Doc)
			for _, field := range fieldsOf(spec.Type) {
				for _, name := range field.Names {
					if name.IsExported() {
						add(spec.Name.Name+"."+name.Name, field.Doc, field.Comment)
					}
				}
			}
		}
	}
}

// ifConstants is the comment of a single declaration; in a group everything has
// a comment of its own.
func ifConstants(decl *ast.GenDecl) *ast.CommentGroup {
	if decl.Lparen.IsValid() && decl.Tok == token.CONST {
		return nil
	}
	return decl.Doc
}

func isExported(path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		if !ast.IsExported(name) {
			return false
		}
	}
	return true
}

// Everything exported has a comment: each constant of a group, each field of a
// struct, each method of an interface.
func TestEverythingIsDocumented(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		remarks := p.remarks()
		assert.NotEmpty(t, remarks, p.name)
		for _, r := range remarks {
			if strings.TrimSpace(r.text) == "" {
				t.Errorf("%s/%s: %s has no comment", p.dir, r.file, r.name)
			}
		}
	}
}

var (
	link      = regexp.MustCompile(`(^|\s)\[\*?[A-Za-z]\w*(\.\w+)*\]`)
	path      = regexp.MustCompile(`(?:^|[\s("])\*?((?:[a-z]+\.)?[A-Z]\w*(?:\.[A-Z]\w*)+|[a-z]+\.[A-Z]\w*)\b`)
	camelName = regexp.MustCompile(`(?:^|[\s("])([A-Z][a-z0-9]+[A-Z]\w*)\b`)
)

// Links such as [Client.With] and names such as Contacts.Get or WithReplay in
// comments exist.
func TestNamesInCommentsExist(t *testing.T) {
	t.Parallel()
	found := packages(t)
	for _, p := range found {
		parser := &comment.Parser{
			LookupPackage: func(name string) (string, bool) { return name, found[name] != nil },
			LookupSym: func(receiver, name string) bool {
				return p.has(strings.TrimPrefix(receiver+"."+name, "."))
			},
		}
		for _, r := range p.remarks() {
			where := p.dir + "/" + r.file + ": " + r.name
			for _, dangling := range link.FindAllString(plain(parser.Parse(r.text)), -1) {
				t.Errorf("%s: the link%s leads nowhere", where, dangling)
			}
			for _, match := range path.FindAllStringSubmatch(r.text, -1) {
				assert.True(t, exists(found, p, match[1]), "%s: there is no %s", where, match[1])
			}
			for _, match := range camelName.FindAllStringSubmatch(r.text, -1) {
				assert.True(t, known(found, p, match[1]), "%s: there is no %s", where, match[1])
			}
		}
	}
}

// plain is the text of a comment outside links, that of code included.
func plain(doc *comment.Doc) string {
	var out strings.Builder
	inline := func(texts []comment.Text) {
		for _, text := range texts {
			switch text := text.(type) {
			case comment.Plain:
				out.WriteString(string(text))
			case comment.Italic:
				out.WriteString(string(text))
			}
		}
		out.WriteString("\n")
	}
	var blocks func([]comment.Block)
	blocks = func(list []comment.Block) {
		for _, block := range list {
			switch block := block.(type) {
			case *comment.Paragraph:
				inline(block.Text)
			case *comment.Heading:
				inline(block.Text)
			case *comment.Code:
				out.WriteString(block.Text)
			case *comment.List:
				for _, item := range block.Items {
					blocks(item.Content)
				}
			}
		}
	}
	blocks(doc.Content)
	return out.String()
}

// exists tells whether a name with dots is one of the package or of another
// package of the library, or begins with a member of a type, as Parts.TotalCount
// does. Variables, such as contact.Email, and other libraries are left alone.
func exists(found map[string]*pkg, p *pkg, name string) bool {
	first, rest, _ := strings.Cut(name, ".")
	switch {
	case ast.IsExported(first):
		return p.has(name) || found["intercom"].has(name) || beginsWithMember(found, first, rest)
	case found[first] != nil:
		return found[first].has(rest)
	case first == "client":
		return found["intercom"].has("Client." + rest)
	case first == "server" || first == "srv":
		return found["intercomtest"].has("Server." + rest)
	default:
		return true
	}
}

func beginsWithMember(found map[string]*pkg, member, rest string) bool {
	for _, p := range found {
		for _, named := range p.names {
			if typ := named.of[member]; typ != "" && p.hasMember(typ, rest) {
				return true
			}
		}
	}
	return false
}

// known tells whether a name is exported somewhere in the library, as itself or
// as a member of a type, or is a word.
func known(found map[string]*pkg, p *pkg, name string) bool {
	if p.has(name) || found["intercom"].has(name) || slices.Contains(words, name) {
		return true
	}
	for _, other := range found {
		for _, named := range other.names {
			if has(named.of, name) {
				return true
			}
		}
	}
	return false
}

// words are words in camel case that are no names of the library, and names of
// types that examples in comments would declare.
var words = []string{"KiB", "MiB", "WhatsApp", "JobCompleted", "CallEnded"}
