using Specgen;
using Specgen.Standard;

if (args.Length < 4 || !int.TryParse(args[1], out var port))
{
    Console.Error.WriteLine("Usage: Company.StorageScu <host> <port> <AE title> <files and folders>");
    return 2;
}

try
{
    var files = args[3..].SelectMany(static path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path]).ToList();
    var options = new ScuOptions(args[0], port) { CallingAE = "SCU", CalledAE = args[2] };
    options.ProposeFor(files);

    await using var sender = new Sender();
    await sender.ConnectAsync(options);
    var failures = 0;
    foreach (var file in files)
    {
        var result = await sender.CStoreAsync(file);
        Console.WriteLine($"{file}: {result}");
        failures += result.Status.Category() is StatusCategory.Success or StatusCategory.Warning ? 0 : 1;
    }

    return failures == 0 ? 0 : 1;
}
catch (Exception e) when (e is AssociationException or IOException or InvalidDataException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

/// <summary>Sends instances of all SOP classes of storage; ProposeFor says of which there are any.</summary>
[Scu<StorageServiceClass>]
internal sealed partial class Sender;
