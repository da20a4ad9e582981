using System.CommandLine;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;
using Specgen.Tool.Updating;

namespace Specgen.Tool.Commands;

/// <summary>`specgen check [&lt;folder&gt;] [--spec spec] [--accept]`.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("folder") { Description = "The folder with the DocBook files of an edition, to see which of its tables are the ones that the pages were made from", Arity = ArgumentArity.ZeroOrOne };
        var spec = SpecOptions.Spec();
        var accept = new Option<bool>("--accept") { Description = "Record the pages as they are in the lock, after a change by hand" };
        var json = SpecOptions.Json();
        var command = new Command("check", "Check that the pages are correct and agree with spec/standard.lock, or whether an edition is the one that they were made from") { folder, spec, accept, json };
        command.SetAction((line, token) => Task.FromResult(Run(line.GetValue(folder), line.GetValue(spec)!, line.GetValue(accept), new Output(line.GetValue(json)), token)));
        return command;
    }

    private static int Run(string? folder, string spec, bool accept, Output output, CancellationToken cancellationToken) => output.Run($"Checking {spec}", () =>
    {
        FolderWriter.Recover(spec);
        return folder is null ? CheckPages(spec, accept, output) : CheckEdition(folder, spec, output, cancellationToken);
    });

    private static int CheckPages(string spec, bool accept, Output output)
    {
        var pages = PageFolder.Read(spec);
        var isStandard = File.Exists(pages.File(PageFolder.ProfileName));

        // A user's pages are compared with the standard's.
        var diagnostics = isStandard
            ? PageDiagnosis.Of(pages)
            : PageDiagnosis.Of([.. PageFolder.Standard().Pages, .. pages.Pages]).Where(diagnostic => pages.Pages.Any(page => page.Path == diagnostic.Place.Path)).ToArray();
        var disagreements = new List<string>();
        if (isStandard)
        {
            var file = pages.File(PageFolder.LockName);
            var standardLock = StandardLock.Read(file);
            var now = SourceLocks.Of(pages).ToList();
            if (accept)
            {
                standardLock.SetPages(now);
                FolderWriter.Write(spec, new Dictionary<string, byte[]> { [PageFolder.LockName] = System.Text.Encoding.UTF8.GetBytes(standardLock.Write()) });
            }

            disagreements.AddRange(Disagreements(standardLock.Pages.ToList(), now));
        }

        foreach (var diagnostic in diagnostics)
        {
            output.Line(PageDiagnosis.Line(diagnostic));
        }

        foreach (var disagreement in disagreements)
        {
            output.Line($"{Path.Combine(spec, PageFolder.LockName)}(1): error: {disagreement}");
        }

        output.Heading(diagnostics.Count + disagreements.Count > 0 ? $"{diagnostics.Count} diagnostics, {disagreements.Count} tables that are not those of the lock"
            : string.Create(CultureInfo.InvariantCulture, $"{pages.Pages.Count} pages are right") + (isStandard ? " and agree with the lock" : ""));
        output.Json(new { Pages = pages.Pages.Count, Diagnostics = diagnostics.Select(PageDiagnosis.Line), Disagreements = disagreements });

        // What is for information only is printed, and no reason to fail.
        return disagreements.Count > 0 || diagnostics.Any(static diagnostic => diagnostic.ToDiagnostic().Severity >= DiagnosticSeverity.Warning) ? ExitCode.Found : ExitCode.Done;
    }

    private static IEnumerable<string> Disagreements(List<PageLock> known, List<PageLock> now)
    {
        foreach (var table in now)
        {
            if (known.Find(other => (other.Page, other.Heading) == (table.Page, table.Heading)) is not { } locked)
            {
                yield return $"{table.Page}, '{table.Heading}' is not in the lock";
            }
            else if (locked != table)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{table.Page}, '{table.Heading}' is not what the lock has ({locked.Rows} rows then, {table.Rows} now): `specgen check --accept` takes it over");
            }
        }

        foreach (var gone in known.Where(table => !now.Exists(other => (other.Page, other.Heading) == (table.Page, table.Heading))))
        {
            yield return $"{gone.Page}, '{gone.Heading}' is in the lock and not on the page";
        }
    }

    private static int CheckEdition(string folder, string spec, Output output, CancellationToken cancellationToken)
    {
        var profile = SpecOptions.Profile(spec);
        var edition = Edition.Read(folder, profile, cancellationToken);
        var standardLock = StandardLock.Read(Path.Combine(spec, PageFolder.LockName));
        var now = SourceLocks.Of(profile, edition).ToList();
        var same = now.Where(table => standardLock.Source(table.Part, table.Id)?.Hash == table.Hash).ToList();
        var unread = now.Where(table => standardLock.Source(table.Part, table.Id)?.Hash == SourceLock.NotDocBook).ToList();
        var changed = now.Except(same).Except(unread).ToList();
        var missing = standardLock.Sources.Where(table => edition.Part(table.Part) is not null && !now.Exists(other => (other.Part, other.Id) == (table.Part, table.Id))).ToList();
        foreach (var table in changed)
        {
            var known = standardLock.Source(table.Part, table.Id);
            output.Line(string.Create(CultureInfo.InvariantCulture, $"changed: {table.Part} {SourceReference.Spoken(table.Id)}, ")
                + (known is null ? "which the lock does not have" : string.Create(CultureInfo.InvariantCulture, $"{known.Rows} rows in {known.Edition}, {table.Rows} in {edition.Name}")));
        }

        foreach (var table in unread)
        {
            output.Line($"not compared: {table.Part} {SourceReference.Spoken(table.Id)}, which was read in another form ({standardLock.Source(table.Part, table.Id)!.Edition})");
        }

        foreach (var table in missing)
        {
            output.Line($"not there: {table.Part} {SourceReference.Spoken(table.Id)}, read in {table.Edition}");
        }

        output.Heading(string.Create(CultureInfo.InvariantCulture, $"{edition.Name}: {same.Count} tables are those that the pages were made of, {changed.Count} have changed, {unread.Count} cannot be compared, {missing.Count} are not there"));
        var share = CellShare.Of(edition, PageFolder.Read(spec), profile, SpecOptions.Errata(spec));
        output.Line(string.Create(CultureInfo.InvariantCulture, $"cells of the pages: {share.Cells}, made of this edition: {share.Made} ({share.MadePercent:0.0} %), of which {share.Differing} say something else on the pages; ")
            + string.Create(CultureInfo.InvariantCulture, $"not in this edition: {share.NotThere}, columns of the pages' own: {share.Own}, written by hand: {share.ByHand}"));
        output.Json(new { Edition = edition.Name, Same = same, Changed = changed, NotCompared = unread, NotThere = missing, Share = share });
        return changed.Count > 0 ? ExitCode.Found : ExitCode.Done;
    }
}
