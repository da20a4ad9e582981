using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Specgen.Interop.Tests.Peers;

/// <summary>Orthanc with one modality, ours, that it may ask for storage commitment and that may ask it.</summary>
internal sealed class OrthancProcess : IAsyncDisposable
{
    public const string AETitle = "ORTHANC";
    public const string Modality = "archive";

    private readonly Peer _process;
    private readonly HttpClient _http;

    private OrthancProcess(Peer process, int dicomPort, int httpPort)
    {
        _process = process;
        DicomPort = dicomPort;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}") };
    }

    public int DicomPort { get; }

    public string Output => _process.Output;

    public static async Task<OrthancProcess> StartAsync(string folder, int dicomPort, string modalityAETitle, int modalityPort)
    {
        var httpPort = Loopback.FreePort();
        var configuration = new JsonObject
        {
            ["Name"] = "INTEROP",
            ["Plugins"] = new JsonArray(),
            ["HttpPort"] = httpPort,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = false,
            ["DicomAet"] = AETitle,
            ["DicomPort"] = dicomPort,
            ["StorageDirectory"] = folder,
            ["IndexDirectory"] = folder,
            ["DicomModalities"] = new JsonObject
            {
                [Modality] = new JsonObject { ["AET"] = modalityAETitle, ["Host"] = "127.0.0.1", ["Port"] = modalityPort, ["AllowStorageCommitment"] = true },
            },
        };
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        var process = Peer.Start(Requirements.Program("Orthanc"), file);
        await process.WaitForOutputAsync("Orthanc has started");
        return new OrthancProcess(process, dicomPort, httpPort);
    }

    /// <summary>Puts a file into Orthanc over its REST interface and gives Orthanc's name for the instance.</summary>
    public async Task<string> UploadAsync(string path)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path));
        using var response = await _http.PostAsync(new Uri("/instances", UriKind.Relative), content);
        return (await ReadAsync(response)).GetProperty("ID").GetString()!;
    }

    /// <summary>Has Orthanc send its instance to the archive by C-STORE.</summary>
    public Task StoreAsync(string id) => PostAsync($"/modalities/{Modality}/store", JsonValue.Create(id)!);

    /// <summary>Has Orthanc ask the archive for storage commitment, and waits for what comes of it: Success or Failure, and the whole report.</summary>
    public async Task<(string Status, string Report)> CommitAsync(JsonNode request)
    {
        var transaction = (await PostAsync($"/modalities/{Modality}/storage-commitment", request)).GetProperty("ID").GetString();
        for (var attempt = 0; ; attempt++)
        {
            using var response = await _http.GetAsync(new Uri($"/storage-commitment/{transaction}", UriKind.Relative));
            var report = await ReadAsync(response);
            var status = report.GetProperty("Status").GetString()!;
            if (status != "Pending" || attempt == 50)
            {
                return (status, report.GetRawText());
            }
            await Task.Delay(200);
        }
    }

    /// <summary>Has Orthanc look for a study in the archive and fetch it by C-MOVE; gives how many studies it found.</summary>
    public async Task<int> RetrieveStudyAsync(string studyUid)
    {
        var query = (await PostAsync($"/modalities/{Modality}/query", new JsonObject { ["Level"] = "Study", ["Query"] = new JsonObject { ["StudyInstanceUID"] = studyUid } })).GetProperty("ID").GetString();
        using var response = await _http.GetAsync(new Uri($"/queries/{query}/answers", UriKind.Relative));
        var answers = (await ReadAsync(response)).GetArrayLength();
        await PostAsync($"/queries/{query}/retrieve", new JsonObject { ["TargetAet"] = AETitle, ["Synchronous"] = true });
        return answers;
    }

    /// <summary>SOP Instance UIDs of what Orthanc has.</summary>
    public async Task<IEnumerable<string>> InstancesAsync()
    {
        using var response = await _http.GetAsync(new Uri("/instances?expand", UriKind.Relative));
        return (await ReadAsync(response)).EnumerateArray().Select(static instance => instance.GetProperty("MainDicomTags").GetProperty("SOPInstanceUID").GetString()!).ToList();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string path, JsonNode body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        return await ReadAsync(response);
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.IsTrue(response.IsSuccessStatusCode, $"Orthanc: {(int)response.StatusCode} {text}\n{_process.Output}");
        return JsonDocument.Parse(text).RootElement;
    }
}
