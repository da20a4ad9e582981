using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Specgen.Interop.Tests.Data;

namespace Specgen.Interop.Tests.Peers;

/// <summary>
/// dcmjs-dimse, DICOM in JavaScript, by the scripts in the folder Dcmjs: as user, a job at a time, and as provider. It has nothing in common with
/// DCMTK, which is also within Orthanc, or with fo-dicom.
/// </summary>
internal static class Dcmjs
{
    private static readonly string s_folder = typeof(Dcmjs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Dcmjs").Value!;

    /// <summary>Performs the requests of a job on one association, and gives what came back.</summary>
    public static async Task<DcmjsEvents> RunAsync(int port, string called, JsonArray requests, Action<JsonObject>? configure = null)
    {
        var job = new JsonObject { ["port"] = port, ["calling"] = "DCMJS", ["called"] = called, ["requests"] = requests };
        configure?.Invoke(job);
        await using var process = Start("user.js", job);
        await process.WaitForExitAsync();
        return DcmjsEvents.Of(process);
    }

    /// <summary>Starts a provider; it listens when this is done.</summary>
    public static async Task<Peer> ServeAsync(int port, Action<JsonObject>? configure = null)
    {
        var settings = new JsonObject { ["port"] = port, ["calledAs"] = "DCMJS" };
        configure?.Invoke(settings);
        var process = Start("provider.js", settings);
        try
        {
            await process.WaitForOutputAsync("\"listening\"");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }

        return process;
    }

    /// <summary>
    /// That it took or gave what is in a file: the same attributes with the same values. Not the same bytes: it decodes and encodes all that passes through it,
    /// leaves out private attributes, which it does not know, writes text in UTF-8, and cuts a frame into fragments of 20 KiB, even of RLE, where a frame has to be one.
    /// </summary>
    public static async Task AssertSameAsync(string expected, string actual)
    {
        Assert.AreEqual(await DumpAsync(expected), await DumpAsync(actual), actual);
        Assert.IsTrue(Part10.Read(expected).Pixels().SequenceEqual(Part10.Read(actual).Pixels()), $"{actual}: the pixels differ.");
    }

    // Without the pixels: of these a dump has the VR only, which is OB or OW as the transfer syntax has it, and the fragments.
    private static async Task<string> DumpAsync(string path) => string.Join('\n', (await Part10.DumpAsync(path)).Split('\n')
        .Where(static line => !line.StartsWith("(0008,0005)", StringComparison.Ordinal) && !line.StartsWith("(7fe0,0010)", StringComparison.Ordinal) && !line.StartsWith("  (fffe,e000) pi", StringComparison.Ordinal) && (line[4] - '0') % 2 == 0));

    private static Peer Start(string script, JsonObject argument)
    {
        var node = Requirements.Program("node");
        Requirements.Package(s_folder, "dcmjs-dimse");
        return Peer.Start(node, Path.Combine(s_folder, script), argument.ToJsonString());
    }
}

/// <summary>What a script has said until now.</summary>
internal sealed record DcmjsEvents(IReadOnlyList<JsonElement> All, string Output)
{
    public static DcmjsEvents Of(Peer process) => new(
        [.. process.Output.Split('\n').Where(static line => line.StartsWith('{')).Select(static line => JsonDocument.Parse(line).RootElement)], process.Output);

    public List<JsonElement> Named(string name) => [.. All.Where(e => e.GetProperty("event").GetString() == name)];

    /// <summary>The one event of this name.</summary>
    public JsonElement The(string name)
    {
        var found = Named(name);
        Assert.HasCount(1, found, Output);
        return found[0];
    }

    /// <summary>The last response to a request.</summary>
    public JsonElement Final(int request)
    {
        var responses = Named("response").Where(e => e.GetProperty("request").GetInt32() == request).ToList();
        Assert.IsNotEmpty(responses, Output);
        return responses[^1];
    }

    /// <summary>That each request was answered with Success, and the association released.</summary>
    public DcmjsEvents Succeeded(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            Assert.AreEqual(0, Final(i).GetProperty("status").GetInt32(), Output);
        }

        The("released");
        return this;
    }
}
