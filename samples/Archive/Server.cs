using System.Reflection;
using Archive.Storage;
using Archive.Web;
using FellowOakDicom;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Specgen;
using Specgen.StorageCommitment;
using Spectre.Console;

namespace Archive;

/// <summary>The archive as a server, until Ctrl-C or SIGTERM.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        var display = new Display(AnsiConsole.Console);
        try
        {
            var builder = Builder();
            var settings = Settings(builder.Configuration, commandLine);
            settings.Check();
            using var logs = Logs(builder, settings, display);

            // fo-dicom reads its dictionary for as long as all else takes that is done until then.
            var dictionary = Task.Run(static () => DicomDictionary.Default);
            display.Sink = settings.JsonLog ? logs.CreateLogger("Archive") : null;
            await using var opened = new OpenedStore();
            using var host = Build(builder, settings, display, opened);

            // What is said wrong is said before anything is made.
            _ = host.Services.GetRequiredService<IOptionsFactory<DicomScpOptions>>().Create(Options.DefaultName);
            opened.Setup = await StoreSetup.OpenAsync(settings, logs.CreateLogger("Archive"), CancellationToken.None);
            var store = opened.Store;
            var commitments = host.Services.GetRequiredService<StorageCommitmentProvider>();
            await EarlierCommitments.TakeOverAsync(Path.Combine(settings.FolderPath, ".commitments"), commitments, logs.CreateLogger("Archive"), CancellationToken.None);
            await HastenAsync(host.Services.GetRequiredService<ICommitmentStore>(), settings, logs.CreateLogger("Archive"));
            await dictionary;
            await host.StartAsync();
            await SayAsync(settings, store, display);

            // A start makes much that is needed once, and an archive may be idle for hours after it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await display.RunAsync(host.WaitForShutdownAsync());
            display.Line("Stopped.");
            return 0;
        }
        catch (Exception e) when (e is DicomConfigurationException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or InvalidOperationException
            or System.Security.Cryptography.CryptographicException or Specgen.Outbox.StoreSchemaException or OptionsValidationException)
        {
            display.Line($"Cannot start: {e.Message}");
            return 1;
        }
        finally
        {
            await display.EndAsync();
        }
    }

    /// <summary>All that the archive is, but for its store: that is opened by who wants to serve, and is not there for who asks what would be served.</summary>
    internal static IHost Build(HostApplicationBuilder builder, ArchiveSettings settings, Display display, OpenedStore opened)
    {
        builder.Services
            .AddSingleton(_ => new Catalogue(opened.Store))
            .AddSingleton(services => new ImageStore(opened.Store, display, services.GetRequiredService<ILogger<ImageStore>>()))
            .AddSingleton(_ => new Queries(opened.Store, settings.AETitle))
            .AddSingleton(_ => new Retrievals(opened.Store));
        var archive = builder.Services
            .AddDicomScp(scp =>
            {
                settings.Apply(scp, opened.Setup is { } setup ? ReceiveFolder(setup.Store.Bytes, display) : scp.ReceiveFolder);
                scp.Observers.Add(display);

                // What queries need, and a checksum, while the bytes pass by.
                scp.HeaderAttributes = QueryLevel.Wanted;
                scp.DataSetObserver = static () => new Checksum(Stream.Null);
            })
            .AddProvider<ImageStore>()
            .AddProvider<Queries>()
            .AddProvider<Retrievals>()
            .AddStorageCommitment<Catalogue>();
        _ = string.IsNullOrWhiteSpace(settings.Database) ? archive.UseSqlite(settings.CommitmentsPath) : archive.UsePostgreSql(settings.Database);
        builder.Services.AddSystemd();
        if (settings.HttpEndPoint is { } endPoint)
        {
            builder.Services.AddHostedService(services =>
                new Operations(endPoint, settings, opened.Store, services.GetRequiredService<StorageCommitmentProvider>().Outbox, display));
        }

        return builder.Build();
    }

    internal static HostApplicationBuilder Builder() => Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });

    /// <summary>appsettings.json beside the program, one in the current folder over it, the environment (Archive__Port=…) over that, the command line over all.</summary>
    internal static ArchiveSettings Settings(IConfigurationBuilder configuration, IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        IConfigurationSection section;
        try
        {
            configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .AddEnvironmentVariables().AddInMemoryCollection(commandLine);
            section = configuration.Build().GetSection("Archive");
        }
        catch (InvalidDataException e)
        {
            // Where in the file, says the parser.
            throw new InvalidDataException($"{e.Message} {e.GetBaseException().Message}", e);
        }
        foreach (var name in (string[])["CallingAETitles", "Peers", "Users", "Tls", "Bucket"])
        {
            // The binder passes over what is a mere text here, and nobody would be kept out.
            if (section[name] is { Length: > 0 } text)
            {
                throw new ArgumentException($"Archive:{name} is {(name == "CallingAETitles" ? "a list" : "a section")}, not '{text}'");
            }
        }
        foreach (var peer in section.GetSection("Peers").GetChildren())
        {
            if (string.IsNullOrWhiteSpace(peer["Host"]) || string.IsNullOrWhiteSpace(peer["Port"]))
            {
                throw new ArgumentException($"Archive:Peers:{peer.Key} needs Host and Port");
            }
        }
        if (Unknown(section, typeof(ArchiveSettings)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"{unknown} is no setting of the archive");
        }
        return section.Get<ArchiveSettings>() ?? new ArchiveSettings();
    }

    private static IEnumerable<string> Unknown(IConfiguration section, Type settings) => section.GetChildren().SelectMany(child =>
        settings.GetProperty(child.Key, BindingFlags.IgnoreCase | BindingFlags.Instance | BindingFlags.Public) is not { CanWrite: true } known ? [child.Path]
        : known.PropertyType.Assembly == settings.Assembly ? Unknown(child, known.PropertyType)
        : []);

    private static ILoggerFactory Logs(HostApplicationBuilder builder, ArchiveSettings settings, Display display)
    {
        Configure(builder.Logging);
        return LoggerFactory.Create(Configure);

        void Configure(ILoggingBuilder logging)
        {
            logging.ClearProviders();
            if (settings.JsonLog)
            {
                // As it comes, it waits for who reads it, and everybody who logs does.
                logging.AddJsonConsole(static options => options.UseUtcTimestamp = true);
                logging.Services.Configure<ConsoleLoggerOptions>(static console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
            }
            else
            {
                logging.AddProvider(display);
            }
            // The host's own words about a start that failed say less than the exception does.
            logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Specgen", LogLevel.Warning)
                .AddFilter("Specgen.StorageCommitment", LogLevel.Information).AddFilter("Specgen.Outbox", LogLevel.Information);
        }
    }

    /// <summary>What is owed to the peers is tried at once: who starts an archive has often seen to what was wrong.</summary>
    private static async Task HastenAsync(ICommitmentStore reports, ArchiveSettings settings, ILogger log)
    {
        try
        {
            foreach (var peer in settings.Peers.Keys)
            {
                await reports.HastenAsync(peer, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            log.LogError("The reports that are owed cannot be looked at now: {Problem}", e.Message);
        }
    }

    /// <summary>Beside the instances; on a disk that cannot be written, where it can be, so that there is an answer.</summary>
    private static string ReceiveFolder(IInstanceBytes bytes, Display display)
    {
        try
        {
            var folder = Directory.CreateDirectory(bytes.ReceiveFolder).FullName;
            File.Create(Path.Combine(folder, $".{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose).Dispose();
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            display.Line($"Error: {bytes.Description} cannot be written, and what is sent is refused until it can: {e.Message}");
            return Path.Combine(Path.GetTempPath(), "specgen-archive");
        }
    }

    private static async Task SayAsync(ArchiveSettings settings, InstanceStore store, Display display)
    {
        var count = "the database is not there yet";
        try
        {
            count = $"{await store.Index.CountAsync(CancellationToken.None)} instances";
        }
        catch (Exception e) when (e is System.Data.Common.DbException or System.Net.Sockets.SocketException or TimeoutException)
        {
            // Said by who waits for it.
        }
        var address = string.IsNullOrEmpty(settings.Address) ? "all addresses" : settings.Address;
        display.Line($"{store.Bytes.Description} with {count}");
        display.Line($"On {Library()}");
        display.Line($"AE title {settings.AETitle}, port {settings.Port} on {address}; may call: {settings.Callers}");
        if (address == "all addresses" && settings.Callers == "anybody")
        {
            display.Line("Warning: anybody who reaches this machine can store and read. --caller, --address, TLS and users in appsettings.json say who may");
        }
        if (settings.HttpEndPoint is { } http)
        {
            display.Line($"http://{http}/health/live, /health/ready, /metrics{(settings.Web ? $" and the page http://{http}/" : "")}");
        }
        display.Line("Ready. Ctrl-C stops.");
    }

    /// <summary>Which fo-dicom this runs on, as its assembly says.</summary>
    private static string Library()
    {
        var assembly = typeof(FellowOakDicom.DicomDataset).Assembly;
        var title = assembly.GetCustomAttribute<AssemblyTitleAttribute>()?.Title;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        return title?.Contains("stand-in", StringComparison.Ordinal) == true ? title : $"fo-dicom {version}";
    }
}
