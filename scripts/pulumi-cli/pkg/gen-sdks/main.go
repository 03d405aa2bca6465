// Command gen-sdks checks a Pulumi schema as the engine does, and writes the SDKs that Pulumi's generators make of it.
//
//	gen-sdks SCHEMA FOLDER
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "pulumi-datadog-seats"

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: gen-sdks SCHEMA FOLDER"))
	}
	pkg, err := bind(os.Args[1])
	if err != nil {
		fail(fmt.Errorf("%s: %w", os.Args[1], err))
	}
	// The schema refers to no other package, so there is none to load.
	for language, generate := range map[string]func() (map[string][]byte, error){
		"go":     func() (map[string][]byte, error) { return gogen.GeneratePackage(tool, pkg, nil) },
		"nodejs": func() (map[string][]byte, error) { return nodejs.GeneratePackage(tool, pkg, nil, nil, false, nil) },
		"python": func() (map[string][]byte, error) { return python.GeneratePackage(tool, pkg, nil, nil) },
	} {
		files, err := generate()
		if err != nil {
			fail(fmt.Errorf("%s: %w", language, err))
		}
		if err := write(filepath.Join(os.Args[2], language), files); err != nil {
			fail(err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// bind reads a schema, and refuses one that the engine would warn of.
func bind(file string) (*schema.Package, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, diagnostic := range diagnostics {
		problems = append(problems, errors.New(diagnostic.Summary))
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return pkg, nil
}

func write(folder string, files map[string][]byte) error {
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
