using System.CommandLine;
using Specgen.Tool.Diffing;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Commands;

/// <summary>`specgen diff &lt;old&gt; &lt;new&gt; [--project &lt;csproj or folder&gt;]`.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var old = new Argument<string>("old") { Description = "A folder with DocBook files, or with pages" };
        var @new = new Argument<string>("new") { Description = "Another folder of the same kind" };
        var project = new Option<string?>("--project") { Description = "Name the handlers and constants of this project that are affected" };
        var spec = SpecOptions.Spec();
        var json = SpecOptions.Json();
        var command = new Command("diff", "Show what changed between two editions, and for whom, in the words of the standard") { old, @new, project, spec, json };
        command.SetAction((line, token) => Task.FromResult(Run(line.GetRequiredValue(old), line.GetRequiredValue(@new), line.GetValue(project), line.GetValue(spec)!, new Output(line.GetValue(json)), token)));
        return command;
    }

    private static int Run(string old, string @new, string? project, string spec, Output output, CancellationToken cancellationToken) => output.Run($"Comparing {old} and {@new}", () =>
    {
        var profile = SpecOptions.Profile(spec);
        var findings = new Findings();
        if (Edition.IsIn(old) != Edition.IsIn(@new))
        {
            throw new ProfileException(@new, 1, $"{old} and {@new} are not of one kind: expected two folders of DocBook, or two of pages");
        }

        var before = Task.Run(() => Facts(old, profile, findings, cancellationToken), cancellationToken);
        var (newName, newFacts) = Facts(@new, profile, findings, cancellationToken);
        var (oldName, oldFacts) = before.GetAwaiter().GetResult();

        // What one of them has in a form that is not known is not compared, rather than said to have come or gone.
        var unread = findings.All.Select(static finding => finding.Id).Where(id => oldFacts.All(fact => fact.Table != id) || newFacts.All(fact => fact.Table != id)).ToHashSet(StringComparer.Ordinal);
        var changes = StandardDiff.Of(oldFacts.Where(fact => !unread.Contains(fact.Table)).ToArray(), newFacts.Where(fact => !unread.Contains(fact.Table)).ToArray());
        if (project is not null)
        {
            changes = new ProjectUses(project, PageFolder.Standard()).Mark(changes);
        }

        if (output.IsJson)
        {
            Console.Out.Write(DiffText.Json(oldName, newName, changes));
            return ExitCode.Done;
        }

        output.Line(DiffText.Markdown($"{oldName} → {newName}", changes).TrimEnd('\n'));
        foreach (var alike in findings.All.GroupBy(static finding => (finding.File, finding.Message)))
        {
            Console.Error.WriteLine($"{alike.Key.File}({alike.First().Line}): note {string.Join(", ", alike.Select(static finding => finding.Id))}: {alike.Key.Message}; not compared");
        }

        return ExitCode.Done;
    });

    private static (string Name, IReadOnlyList<Fact> Facts) Facts(string folder, Profile profile, Findings findings, CancellationToken cancellationToken)
    {
        if (!Edition.IsIn(folder))
        {
            var pages = PageFolder.Read(folder);
            return pages.Pages.Count > 0 ? (folder, PageFacts.Of(pages)) : throw new ProfileException(folder, 1, "the folder has neither DocBook (part04.xml …) nor pages (.rst)");
        }

        var edition = Edition.Read(folder, profile, cancellationToken);
        lock (findings)
        {
            return (edition.Name, EditionFacts.Of(profile, edition, findings));
        }
    }
}
