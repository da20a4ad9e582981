using System.CommandLine;

namespace Specgen.Tool.Network.Commands;

/// <summary>`specgen sample &lt;folder&gt;`: a few valid images to send.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The folder for the files; created if missing" };
        var slices = new Option<int>("--slices") { Description = "The number of slices of the CT series, 1 to 1000", DefaultValueFactory = static _ => 5 };
        var json = new Option<bool>("--json") { Description = "Print JSON for programs" };
        slices.Limit(1, 1000, "--slices is 1 to 1000.");
        var command = new Command("sample", "Make a few valid images of a fictitious patient: CT, MR, ultrasound and secondary capture") { folder, slices, json };
        command.SetAction((line, token) =>
        {
            var terminal = new Terminal(line.GetValue(json));
            return terminal.RunAsync(async () =>
            {
                var target = line.GetRequiredValue(folder);
                Directory.CreateDirectory(target);
                var files = new List<string>();
                foreach (var (name, file) in SampleStudy.Make(line.GetValue(slices)))
                {
                    token.ThrowIfCancellationRequested();
                    var path = Path.Combine(target, name);
                    await file.SaveAsync(path).ConfigureAwait(false);
                    files.Add(path);
                }

                terminal.Line($"{Words.Count(files.Count, "image")} in {target}; send them with: specgen send <host> <port> <aet> {target}");
                terminal.Json(new { Folder = target, Files = files });
                return ExitCode.Done;
            });
        });
        return command;
    }
}
