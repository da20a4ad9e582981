using System.CommandLine;
using System.Text;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Commands;

/// <summary>`specgen new &lt;title&gt;`.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var title = new Argument<string>("title") { Description = "The name of the service class: \"Acme Archiving\"" };
        var spec = SpecOptions.Spec();
        var json = SpecOptions.Json();
        var command = new Command("new", "Create a page for a private service class") { title, spec, json };
        command.SetAction((line, _) => Task.FromResult(Run(line.GetRequiredValue(title), line.GetValue(spec)!, new Output(line.GetValue(json)))));
        return command;
    }

    private static int Run(string title, string spec, Output output) => output.Run("Writing", () =>
    {
        var words = NewPage.WordsOf(title) ?? throw new ProfileException(spec, 1, $"'{title}' is not a title: expected words of letters and digits, of which the first begins with a letter");
        var file = Path.Combine(spec, string.Join('_', words).ToLowerInvariant() + ".rst");
        try
        {
            Directory.CreateDirectory(spec);
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(NewPage.Of(words, Guid.NewGuid())));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProfileException(file, 1, exception.Message);
        }

        output.Line($"{file} is a page to fill in; add it to a project with <SpecPage Include=\"{file.Replace('\\', '/')}\" />");
        output.Json(new { File = file });
        return ExitCode.Done;
    });
}
