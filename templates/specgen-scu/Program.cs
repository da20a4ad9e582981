using Specgen;
using Specgen.Standard;

if (args.Length < 4 || !int.TryParse(args[1], out var port))
{
    Console.Error.WriteLine("Usage: Company.StorageScu <host> <port> <AE title> <files and folders>");
    return 2;
}

// Of a folder, what is no DICOM file is left out; what was named and is none is a problem.
var search = DicomFileSearch.Find(args[3..]);
foreach (var problem in search.Problems)
{
    Console.Error.WriteLine(problem);
}

if (search.Files.Count == 0)
{
    Console.Error.WriteLine("There is no DICOM file.");
    return 1;
}

try
{
    var options = new ScuOptions(args[0], port) { CallingAE = "SCU", CalledAE = args[2] };
    options.ProposeFor(search.Files.Select(static file => file.Path));

    await using var sender = new Sender();
    await sender.ConnectAsync(options);
    var failures = search.Problems.Count;
    foreach (var (path, _) in search.Files)
    {
        try
        {
            var result = await sender.CStoreAsync(path);
            Console.WriteLine($"{path}: {result}");
            failures += result.Status.Category() is StatusCategory.Success or StatusCategory.Warning ? 0 : 1;
        }
        catch (Exception e) when (e is ContextNotAcceptedException or IOException or InvalidDataException)
        {
            // This one only; the others can be sent.
            Console.Error.WriteLine($"{path}: {e.Message}");
            failures++;
        }
    }

    return failures == 0 ? 0 : 1;
}
catch (Exception e) when (e is AssociationException or DicomConfigurationException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

/// <summary>Sends instances of all SOP classes of storage; ProposeFor says of which there are any.</summary>
[Scu<StorageServiceClass>]
internal sealed partial class Sender;
