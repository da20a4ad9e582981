using System.Globalization;
using Specgen.UsualServer;

await HandWritten.RunAsync(int.Parse(args[0], CultureInfo.InvariantCulture), args[1]);
