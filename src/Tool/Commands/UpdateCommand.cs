using System.CommandLine;
using System.Globalization;
using Specgen.Tool.Diffing;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;
using Specgen.Tool.Updating;

namespace Specgen.Tool.Commands;

/// <summary>`specgen update &lt;folder&gt; [--spec spec] [--dry-run]`.</summary>
internal static class UpdateCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder with the DocBook files of one edition: whichever it has of part02.xml, part03.xml, part04.xml, part06.xml and part07.xml" };
        var spec = SpecOptions.Spec();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, without writing anything" };
        var json = SpecOptions.Json();
        var command = new Command("update", "Update the rows of the pages that differ in another edition of the standard") { folder, spec, dryRun, json };
        command.SetAction((line, token) => Task.FromResult(Run(line.GetRequiredValue(folder), line.GetValue(spec)!, line.GetValue(dryRun), new Output(line.GetValue(json)), token)));
        return command;
    }

    private static int Run(string folder, string spec, bool dryRun, Output output, CancellationToken cancellationToken) => output.Run($"Reading {folder}", () =>
    {
        FolderWriter.Recover(spec);
        var profile = SpecOptions.Profile(spec);
        var pages = Task.Run(() => PageFolder.Read(spec), cancellationToken);
        var edition = Edition.Read(folder, profile, cancellationToken);
        var before = pages.GetAwaiter().GetResult();
        var update = Update.Of(edition, before, profile, SpecOptions.Errata(spec), StandardLock.Read(before.File(PageFolder.LockName)));
        var diff = StandardDiff.Of(PageFacts.Of(before), PageFacts.Of(update.Updated));
        var written = !dryRun && update.Files.Count > 0;
        if (written)
        {
            FolderWriter.Write(spec, update.Files);
        }

        Print(output, edition, update, diff, written, dryRun);
        output.Json(new { Edition = edition.Name, Written = written, Files = update.Files.Keys, update.NotRead, update.Findings, update.Changes, Diff = diff });
        return update.HasErrors ? ExitCode.Found : ExitCode.Done;
    });

    private static void Print(Output output, Edition edition, Update update, IReadOnlyList<StandardChange> diff, bool written, bool dryRun)
    {
        output.Line(DiffText.Markdown($"The pages → {edition.Name}", diff).TrimEnd('\n'));
        output.Line();
        foreach (var line in update.NotRead)
        {
            output.Line("note: " + line);
        }

        foreach (var finding in update.Findings)
        {
            output.Finding(finding);
        }

        var tables = update.Changes.Select(static change => (change.Page, change.Heading)).Distinct().Count();
        output.Heading(string.Create(CultureInfo.InvariantCulture, $"{update.Changes.Count} cells and rows of {tables} tables differ from {edition.Name}; ")
            + (update.HasErrors ? "nothing was written, for there are errors" : written ? string.Create(CultureInfo.InvariantCulture, $"{update.Files.Count} files were written") : dryRun ? "nothing was written" : "there was nothing to write"));
    }
}
